package dev.assay.ml;

import dev.assay.testing.TestSpark;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Events of ads as silver has them. */
public final class AdEvents {
  /** Of one who is the same in every respect that a test does not name. */
  private static final String COLUMNS =
      """
      SELECT
        CAST(occurred_at AS DATE) AS day,
        event_id,
        user_id,
        concat('c', substr(ad_id, 2)) AS campaign_id,
        ad_id,
        CAST(occurred_at AS TIMESTAMP) AS occurred_at,
        event_type,
        device_type,
        'iOS' AS os,
        'Safari' AS browser,
        'KR' AS country,
        'Seoul' AS city,
        age_group,
        gender,
        CAST(bid_price AS DECIMAL(12, 4)) AS bid_price,
        CAST(0.5 AS DECIMAL(12, 4)) AS cost,
        CAST(0 AS DECIMAL(12, 4)) AS revenue
      FROM\s""";

  private AdEvents() {}

  /** Events, each {@code event_id user_id ad_id type date time bid}. */
  public static Dataset<Row> of(String... events) {
    String values =
        Arrays.stream(events)
            .map(event -> List.of(event.split(" ")))
            .map(
                cells ->
                    "('%s', '%s', '%s', '%s', '%s %s', %s)".formatted(cells.toArray(Object[]::new)))
            .collect(Collectors.joining(", "));
    return made(
        "(SELECT *, 'mobile' AS device_type, '18-24' AS age_group, 'F' AS gender FROM VALUES "
            + values
            + " AS given(event_id, user_id, ad_id, event_type, occurred_at, bid_price))");
  }

  /**
   * Events of a query that gives {@code event_id, user_id, ad_id, event_type, occurred_at,
   * bid_price, device_type, age_group, gender}.
   */
  public static Dataset<Row> made(String query) {
    return TestSpark.session().sql(COLUMNS + query);
  }
}
