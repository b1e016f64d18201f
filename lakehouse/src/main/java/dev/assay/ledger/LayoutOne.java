package dev.assay.ledger;

import dev.assay.audit.AuditReport;
import dev.assay.concurrent.Concurrently;
import dev.assay.config.TableDay;
import dev.assay.config.TableName;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.store.Json;
import dev.assay.store.LakeFormat;
import dev.assay.store.LakeStore;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The ledger of layout 1, an object an attempt at a table-day and one for what became of it: {@code
 * _assay/ledger/<pipeline>/<day>/<table>/<token>-<what>.json}. It becomes the journal's first
 * state.
 */
final class LayoutOne implements LakeFormat.Migration {
  private static final Pattern OBJECT = Pattern.compile("[0-9-]{10}/[^/]+/([0-9]{10})-.+[.]json");
  private static final int READS_AT_ONCE = 16;

  /** An object of the ledger that tells what became of an attempt. */
  private record TableDayEnd(
      String table,
      LocalDate day,
      long token,
      OutcomeKind kind,
      String runId,
      Instant at,
      String message,
      @Nullable Long release,
      @Nullable Long version,
      @Nullable AuditReport audit,
      Map<String, Long> inputs,
      String code) {

    Outcome outcome() {
      TableDay tableDay = new TableDay(TableName.parse(table), day);
      return new Outcome(
          token,
          runId,
          code,
          at,
          release,
          List.of(
              new TableDayOutcome(tableDay, kind, message, version, audit, inputs, null, null)));
    }
  }

  @Override
  public void prepare(LakeStore lake) {
    for (String pipeline : lake.names(Ledger.ROOT)) {
      requireSealed(lake, pipeline);
      List<String> objects = objects(lake, pipeline);
      List<String> ends = objects.stream().filter(path -> !path.endsWith("-attempt.json")).toList();
      long newest = objects.stream().mapToLong(LayoutOne::token).max().orElse(0);
      LedgerState state = new LedgerState(newest, List.of(), 0);
      Concurrently.map(ends, READS_AT_ONCE, path -> read(lake, path))
          .forEach(end -> state.add(end.outcome()));
      if (newest > 0) {
        new Ledger(lake, pipeline).write(state);
      }
    }
  }

  @Override
  public void tidy(LakeStore lake) {
    for (String pipeline : lake.names(Ledger.ROOT)) {
      Concurrently.map(
          objects(lake, pipeline),
          READS_AT_ONCE,
          path -> {
            lake.delete(path);
            return path;
          });
    }
  }

  /**
   * An intent of layout 1 numbers its attempts by table-day, which nobody could complete any more.
   */
  private static void requireSealed(LakeStore lake, String pipeline) {
    Set<String> names = Set.copyOf(lake.names("_assay/releases/" + pipeline));
    Set<String> unsealed =
        names.stream()
            .filter(name -> name.endsWith("-intent.json"))
            .filter(name -> !names.contains(name.replace("-intent", "-sealed")))
            .collect(Collectors.toSet());
    if (!unsealed.isEmpty()) {
      throw new AssayException(
          ExitCode.USAGE,
          "the lake "
              + lake.root()
              + " was last written by an older Assay that did not finish publishing ("
              + pipeline
              + " "
              + unsealed
              + "); run any stage of "
              + pipeline
              + " once with that version, then use this one");
    }
  }

  private static List<String> objects(LakeStore lake, String pipeline) {
    String folder = Ledger.ROOT + "/" + pipeline + "/";
    return lake.tree(folder).stream()
        .filter(path -> OBJECT.matcher(path).matches())
        .map(path -> folder + path)
        .toList();
  }

  private static long token(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return Long.parseLong(name.substring(0, name.indexOf('-')));
  }

  private static TableDayEnd read(LakeStore lake, String path) {
    byte[] json = lake.read(path).orElseThrow(() -> new IllegalStateException(path + " is gone"));
    return Json.read(json, TableDayEnd.class, path);
  }
}
