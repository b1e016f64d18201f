package dev.assay.ml.supervised;

import dev.assay.testing.TestSpark;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Days of visitors as gold has them. */
final class DailyUsers {
  /** Of what a test does not name, as much as makes sense. */
  private static final String COLUMNS =
      """
      SELECT
        CAST(day AS DATE) AS day,
        user_id,
        5L AS events,
        1L AS sessions,
        3L AS page_views,
        CAST(IF(revenue > 0, 1, 0) AS BIGINT) AS purchases,
        CAST(IF(revenue > 0, 1, 0) AS BIGINT) AS conversions,
        CAST(revenue AS DECIMAL(28, 4)) AS revenue,
        true AS on_mobile,
        false AS on_desktop,
        false AS on_tablet,
        array('search') AS features
      FROM\s""";

  private DailyUsers() {}

  /** Days, each {@code user_id day revenue}. */
  static Dataset<Row> of(String... days) {
    String values =
        Arrays.stream(days)
            .map(day -> List.of(day.split(" ")))
            .map(cells -> "('%s', '%s', %s)".formatted(cells.toArray(Object[]::new)))
            .collect(Collectors.joining(", "));
    return made("VALUES " + values + " AS given(user_id, day, revenue)");
  }

  /** Days of a query that gives {@code user_id, day, revenue}. */
  static Dataset<Row> made(String query) {
    return TestSpark.session().sql(COLUMNS + query);
  }
}
