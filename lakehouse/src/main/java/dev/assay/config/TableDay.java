package dev.assay.config;

import java.time.LocalDate;

/**
 * One table's data for one business date: the unit of publishing, backfill and staleness.
 *
 * @param table the table
 * @param day the value of its partition column
 */
public record TableDay(TableName table, LocalDate day) {

  @Override
  public String toString() {
    return table + "/" + day;
  }
}
