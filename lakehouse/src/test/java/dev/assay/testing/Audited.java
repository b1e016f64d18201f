package dev.assay.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.audit.Audit;
import dev.assay.audit.AuditHistory;
import dev.assay.audit.AuditReport;
import dev.assay.store.Json;
import dev.assay.table.Draft;
import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.util.CollectionAccumulator;

/**
 * What an audit makes of a draft's rows, in one pass as a writer makes it.
 *
 * @param published the rows that would be published
 * @param rejected the others, in the order of their position in what was received
 * @param report what the checks found, of a table without a history
 */
public record Audited(List<Row> published, List<Rejected> rejected, AuditReport report) {
  /**
   * A row that goes to quarantine.
   *
   * @param reasons the checks that it failed
   * @param record the row as it was received, as JSON
   */
  public record Rejected(List<String> reasons, String record) implements Serializable {
    /** The row as it was received. */
    public JsonNode received() {
      return Json.tree(record);
    }
  }

  /** What a draft's own audit makes of it. */
  public static Audited of(Draft draft) {
    Dataset<Row> rows = draft.rows();
    Audit audit = draft.audit();
    CollectionAccumulator<Rejected> rejected =
        rows.sparkSession().sparkContext().collectionAccumulator();
    List<Row> published =
        audit
            .publishable(
                audit.mark(rows), (reasons, record) -> rejected.add(new Rejected(reasons, record)))
            .collectAsList();
    return new Audited(
        published,
        rejected.value().stream()
            .sorted(Comparator.comparing(row -> row.received().path("_position").asLong()))
            .toList(),
        audit.report(AuditHistory.NONE));
  }
}
