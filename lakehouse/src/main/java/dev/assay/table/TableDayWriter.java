package dev.assay.table;

import dev.assay.audit.Audit;
import dev.assay.audit.AuditHistory;
import dev.assay.audit.AuditReport;
import dev.assay.audit.Rejections;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Writes and audits a table-day in one pass. Nothing of it is visible afterwards: its files wait to
 * be committed by a release.
 */
public final class TableDayWriter {
  private final DeltaTables tables;
  private final Quarantine quarantine;
  private final TableProperties properties;

  /**
   * A writer.
   *
   * @param properties Delta's, of the tables that it writes to
   */
  public TableDayWriter(DeltaTables tables, TableCommits commits, TableProperties properties) {
    this.tables = tables;
    this.quarantine = new Quarantine(tables, commits, properties.ofEach());
    this.properties = properties;
  }

  /**
   * A table-day that was written and audited.
   *
   * @param files its files
   * @param audit what the checks found; some of it may block the publication
   * @param leavesRejected whether quarantine has rows of other attempts at the table-day
   */
  public record Audited(WrittenFiles files, AuditReport audit, boolean leavesRejected) {}

  /**
   * Writes a draft's rows, and those that were rejected to quarantine.
   *
   * @param note the attempt, as commits outside releases name it
   * @throws AssayException with UNEXPECTED if rows are not accounted for
   */
  public Audited write(Draft draft, AuditHistory history, CommitNote note) {
    TableLayout layout = TableLayout.of(draft.contract());
    tables.ensure(layout, properties.of(draft.contract()), note.json());
    Audit audit = draft.audit();
    Optional<SideFiles> rejected =
        audit.rejects() ? Optional.of(quarantine.files(draft, note)) : Optional.empty();
    Dataset<Row> published =
        audit.publishable(
            audit.mark(draft.rows()), rejected.map(Quarantine::into).orElse(Rejections.NONE));
    WrittenFiles files = tables.write(layout, draft.day().toString(), published);
    AuditReport report = audit.report(history).with(draft.found());
    requireAccounted(draft, report, files);
    boolean leavesRejected =
        quarantine.add(
            draft,
            rejected.map(SideFiles::files).orElse(WrittenFiles.NONE),
            report.rows().quarantined(),
            note);
    return new Audited(files, report, leavesRejected);
  }

  /** Removes what attempts before a published one had rejected. */
  public void clearQuarantine(Draft draft, CommitNote note) {
    quarantine.clear(draft, note);
  }

  /** Refuses what lost or doubled rows on its way into files. */
  static void requireAccounted(Draft draft, AuditReport report, WrittenFiles files) {
    if (!report.rows().balances() || report.rows().published() != files.records()) {
      throw new AssayException(
          ExitCode.UNEXPECTED,
          "the rows of "
              + draft.contract().name()
              + "/"
              + draft.day()
              + " do not add up: "
              + report.rows()
              + ", and its new files hold "
              + files.records()
              + ". Nothing was published, because rows would be lost or doubled; is there a sort or"
              + " an exchange above the audit?");
    }
  }
}
