package dev.assay.release;

import dev.assay.audit.AuditReport;
import dev.assay.config.Stage;
import dev.assay.config.TableContract;
import dev.assay.ledger.Basis;
import dev.assay.ledger.OutcomeKind;
import dev.assay.ledger.Recipe;
import dev.assay.ledger.TableDayOutcome;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A release that was decided and may not be committed yet: everything that whoever finds it needs
 * to complete it.
 *
 * @param number the release's number
 * @param pipeline the pipeline
 * @param stage the stage that publishes; null for a rollback
 * @param restores the release that a rollback goes back to; null for a stage
 * @param runId the run that publishes
 * @param token the attempt that wrote what becomes visible
 * @param code the version of the code
 * @param decidedAt when
 * @param replacements the table-days that become visible together
 * @param dropped tables that the release has no more
 * @param others what became of the attempt's table-days that have nothing to publish
 */
public record Intent(
    long number,
    String pipeline,
    @Nullable Stage stage,
    @Nullable Long restores,
    String runId,
    long token,
    String code,
    Instant decidedAt,
    List<Replacement> replacements,
    List<String> dropped,
    List<TableDayOutcome> others) {

  /** What is replaced, by table: a table's days become visible in one commit. */
  List<List<Replacement>> byTable() {
    Map<String, List<Replacement>> byTable = new LinkedHashMap<>();
    for (Replacement replacement : replacements) {
      byTable.computeIfAbsent(replacement.table(), table -> new ArrayList<>()).add(replacement);
    }
    return List.copyOf(byTable.values());
  }

  /**
   * A table-day's new files, or that it is taken away.
   *
   * @param stage the stage of the table
   * @param table the table's name within the pipeline
   * @param day the table-day
   * @param files Delta's actions that add them, as JSON
   * @param kind what becomes of the table-day: published, withdrawn or archived
   * @param why in a sentence
   * @param audit what the checks found; null if it is taken away
   * @param inputs the Delta versions they were made from, by table
   * @param basis what they were made from; null if that is not known
   * @param recipe by what they were made; null if that is not known
   * @param archive the file below the lake's root that has its rows, if they are archived
   */
  public record Replacement(
      Stage stage,
      String table,
      LocalDate day,
      List<String> files,
      OutcomeKind kind,
      String why,
      @Nullable AuditReport audit,
      Map<String, Long> inputs,
      @Nullable Basis basis,
      @Nullable Recipe recipe,
      @Nullable String archive) {

    public Replacement {
      // Intents of layout 1 published all that they have.
      kind = kind == null ? OutcomeKind.PUBLISHED : kind;
      why = why == null ? "published" : why;
    }

    /** A table-day whose rows are not in the archive. */
    public Replacement(
        Stage stage,
        String table,
        LocalDate day,
        List<String> files,
        OutcomeKind kind,
        String why,
        @Nullable AuditReport audit,
        Map<String, Long> inputs,
        @Nullable Basis basis,
        @Nullable Recipe recipe) {
      this(stage, table, day, files, kind, why, audit, inputs, basis, recipe, null);
    }

    /** That a table-day is taken away. */
    public static Replacement withdrawn(
        TableContract contract,
        LocalDate day,
        String why,
        Map<String, Long> inputs,
        @Nullable Basis basis) {
      return new Replacement(
          contract.stage(),
          contract.name().table(),
          day,
          List.of(),
          OutcomeKind.WITHDRAWN,
          why,
          null,
          inputs,
          basis,
          null);
    }

    /** That a table-day is taken away, whose rows are in the archive. */
    static Replacement archived(TableContract contract, LocalDate day, String file) {
      return new Replacement(
          contract.stage(),
          contract.name().table(),
          day,
          List.of(),
          OutcomeKind.ARCHIVED,
          "archived",
          null,
          Map.of(),
          null,
          null,
          file);
    }
  }
}
