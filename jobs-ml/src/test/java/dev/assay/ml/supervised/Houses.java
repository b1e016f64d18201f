package dev.assay.ml.supervised;

import dev.assay.testing.SharedData;
import dev.assay.testing.TestSpark;
import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The real valuations of New Taipei, as silver has them. */
final class Houses {
  static final LocalDate DAY = LocalDate.of(2013, 8, 5);

  private Houses() {}

  static Dataset<Row> of(LocalDate day) {
    return TestSpark.session()
        .read()
        .option("header", true)
        .csv(SharedData.file("taipei-real-estate/real_estate_valuation.csv").toString())
        .selectExpr(
            "CAST(No AS INT) AS valuation_no",
            "CAST(`X1 transaction date` AS DECIMAL(11,7)) AS transaction_date",
            "CAST(`X2 house age` AS DOUBLE) AS house_age_years",
            "CAST(`X3 distance to the nearest MRT station` AS DOUBLE) AS mrt_distance_m",
            "CAST(`X4 number of convenience stores` AS INT) AS convenience_stores",
            "CAST(`X5 latitude` AS DOUBLE) AS latitude",
            "CAST(`X6 longitude` AS DOUBLE) AS longitude",
            "CAST(`Y house price of unit area` AS DECIMAL(10,4)) AS price_per_ping",
            "DATE'" + day + "' AS as_of");
  }
}
