package dev.assay.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.LocalDate;

/**
 * One table's data for one business date: the unit of publishing, backfill and staleness.
 *
 * @param table the table
 * @param day the value of its partition column
 */
public record TableDay(TableName table, LocalDate day) {

  /** The table-day of {@code text}, {@code retail.order_lines/2010-12-01}. */
  @JsonCreator
  public static TableDay parse(String text) {
    int slash = text.indexOf('/');
    return new TableDay(
        TableName.parse(text.substring(0, slash)), LocalDate.parse(text.substring(slash + 1)));
  }

  @JsonValue
  @Override
  public String toString() {
    return table + "/" + day;
  }
}
