package dev.assay.ml;

import dev.assay.testing.BlackFriday;
import dev.assay.testing.TestSpark;
import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Purchases of Black Friday as silver has them. */
public final class Purchases {
  /** The day of which they are. */
  public static final LocalDate DAY = LocalDate.of(2017, 11, 24);

  private static final String COLUMNS =
      """
      SELECT
        purchase_id,
        CAST(user_id AS BIGINT) AS user_id,
        product_id,
        gender,
        age,
        CAST(occupation AS INT) AS occupation,
        city_category,
        stay_in_current_city_years,
        CAST(marital_status AS INT) AS marital_status,
        CAST(product_category_1 AS INT) AS product_category_1,
        CAST(product_category_2 AS INT) AS product_category_2,
        CAST(product_category_3 AS INT) AS product_category_3,
        CAST(purchase AS DECIMAL(12, 2)) AS purchase,
        DATE'2017-11-24' AS as_of
      FROM\s""";

  private Purchases() {}

  /** The 10,052 real ones. */
  public static Dataset<Row> real() {
    String view = "real_purchases";
    TestSpark.session()
        .read()
        .option("header", true)
        .csv(BlackFriday.file().toString())
        .createOrReplaceTempView(view);
    return TestSpark.session()
        .sql(COLUMNS + "(SELECT sha2(to_json(struct(*)), 256) AS purchase_id, * FROM " + view + ")")
        .cache();
  }

  /** Those of a query that gives all columns but the day, by their names. */
  public static Dataset<Row> made(String query) {
    Dataset<Row> rows = TestSpark.session().sql(COLUMNS + query);
    return TestSpark.session().createDataFrame(rows.collectAsList(), rows.schema());
  }

  /** Those of a query that gives {@code user_id, product_id, purchase}. */
  public static Dataset<Row> pairs(String query) {
    return made(
        """
        (
          SELECT
            concat(user_id, ' ', product_id) AS purchase_id, user_id, product_id, 'F' AS gender, '26-35' AS age,
            1 AS occupation, 'A' AS city_category, '4+' AS stay_in_current_city_years, 0 AS marital_status,
            1 AS product_category_1, NULL AS product_category_2, NULL AS product_category_3, purchase
          FROM (%s)
        )
        """
            .formatted(query));
  }
}
