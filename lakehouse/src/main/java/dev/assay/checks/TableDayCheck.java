package dev.assay.checks;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An assertion on the published rows of a table-day as a whole. */
public sealed interface TableDayCheck extends Check {

  /** The number of rows lies within bounds, both inclusive. */
  record RowCount(String name, Severity severity, @Nullable Long min, @Nullable Long max)
      implements TableDayCheck {}

  /** At most this share of the rows has no value in the column. */
  record NullShare(String name, Severity severity, String column, double max)
      implements TableDayCheck {}

  /** The newest value of a timestamp or date column is at most this old at the end of the day. */
  record Freshness(String name, Severity severity, String column, Duration maxAge)
      implements TableDayCheck {}

  /** The number of rows is within factors of the mean of the days published before. */
  record Volume(String name, Severity severity, int days, int atLeastDays, double min, double max)
      implements TableDayCheck {}
}
