package dev.assay.typed;

import dev.assay.audit.Grouping;
import dev.assay.audit.Provenance;
import dev.assay.config.ColumnContract;
import dev.assay.config.FeedConfig;
import dev.assay.config.PipelineConfig;
import dev.assay.config.ReceivedColumns;
import dev.assay.config.TableContract;
import dev.assay.table.Draft;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A landing whose rows may be of several days, counted by the day that each silver table takes them
 * for: so that it is known, without a look at the rows, which days a late row changes.
 */
public final class LandedParts {
  private LandedParts() {}

  /**
   * The draft of a landing.
   *
   * @param contract a bronze table's, with the columns that its files added
   * @param rows the landed rows, with every column of the contract
   */
  public static Draft draft(
      PipelineConfig pipeline, TableContract contract, LocalDate landing, Dataset<Row> rows) {
    String table = contract.name().table();
    FeedConfig feed = pipeline.feedOf(table);
    if (feed.allowedLatenessDays() == 0) {
      return new Draft(contract, landing, rows);
    }
    Dataset<Row> withDays = rows;
    List<String> received =
        ReceivedColumns.received(
            contract.columns().stream().map(ColumnContract::name).toList(), contract.partition());
    List<Grouping> parts = new ArrayList<>();
    for (TableContract consumer : pipeline.consumersOf(table)) {
      String name = consumer.name().table();
      String day = "_day_of_" + name;
      withDays = new TypedRows(consumer, feed, contract.partition()).withDay(withDays, day);
      parts.add(new Grouping(name, day, TypedRows.days(feed, landing), received));
    }
    return new Draft(contract, landing, withDays, Provenance.grouped(parts));
  }
}
