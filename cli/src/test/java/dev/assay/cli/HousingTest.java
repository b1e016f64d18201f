package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.audit.AuditReport;
import dev.assay.config.AssayConfig;
import dev.assay.config.Stage;
import dev.assay.config.TableDay;
import dev.assay.config.TableName;
import dev.assay.job.StageRunner;
import dev.assay.testing.SharedData;
import dev.assay.testing.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The housing pipeline's bronze and silver, on the real file and on bad lines. */
class HousingTest {
  private static final LocalDate DAY = LocalDate.of(2013, 8, 5);
  private static final String HEADER =
      "No,X1 transaction date,X2 house age,X3 distance to the nearest MRT station,"
          + "X4 number of convenience stores,X5 latitude,X6 longitude,"
          + "Y house price of unit area";

  private final SparkSession spark = TestSpark.session();
  @TempDir private Path lake;

  @Test
  void everyRealValuationIsPublishedWithItsMonth() throws IOException {
    Files.copy(SharedData.file("taipei-real-estate/real_estate_valuation.csv"), landed());

    assertThat(publish().rows().published()).isEqualTo(414);

    Agreement.assertOf(config(), DAY, DAY);
    assertThat(rows("valuation_no IN (1, 2, 3, 4)"))
        .containsExactlyInAnyOrder(
            "[2013-08-05,1,2012.9166667,32.0,84.87882,10,24.98298,121.54024,37.9000,2012-11-01]",
            "[2013-08-05,2,2012.9166667,19.5,306.5947,9,24.98034,121.53951,42.2000,2012-11-01]",
            "[2013-08-05,3,2013.5833333,13.3,561.9845,5,24.98746,121.54391,47.3000,2013-07-01]",
            "[2013-08-05,4,2013.5000000,13.3,561.9845,5,24.98746,121.54391,54.8000,2013-06-01]");
    assertThat(rows("transaction_date = 2013.0"))
        .isNotEmpty()
        .allMatch(row -> row.endsWith(",2012-12-01]"));
  }

  @Test
  void whatCannotBeAHouseInTaipeiIsQuarantinedWithItsReason() throws IOException {
    Files.write(
        landed(),
        List.of(
            HEADER,
            "1,2013.25,0,0,0,24.98,121.54,0.1",
            "2,2013.25,-1,0,0,24.98,121.54,30",
            "3,2013.25,1,-2,0,24.98,121.54,30",
            "4,2013.25,1,2,0,52.5,121.54,30",
            "5,2013.25,1,2,0,24.98,13.4,30",
            "6,2013.25,1,2,0,24.98,121.54,0",
            "7,201.25,1,2,0,24.98,121.54,30",
            "8,2013.25,1,2,-3,24.98,121.54,30",
            "9,soon,1,2,3,24.98,121.54,30",
            "10,2013.25,NaN,2,3,24.98,121.54,30",
            "11,2013.25,1,Infinity,3,24.98,121.54,30"));

    AuditReport audit = publish();

    assertThat(audit.rows().published()).isEqualTo(1);
    assertThat(rows("true"))
        .containsExactly("[2013-08-05,1,2013.2500000,0.0,0.0,0,24.98,121.54,0.1000,2013-03-01]");
    assertThat(
            spark
                .read()
                .format("delta")
                .load(lake + "/quarantine/housing/valuations")
                .collectAsList()
                .stream()
                .map(row -> row.getList(row.fieldIndex("reasons")).toString()))
        .containsExactlyInAnyOrder(
            "[house_age_not_negative]",
            "[mrt_distance_not_negative]",
            "[latitude_of_taipei]",
            "[longitude_of_taipei]",
            "[price_positive]",
            "[sold_in_range]",
            "[convenience_stores_not_negative]",
            "[unparsable:transaction_date]",
            "[unparsable:house_age_years]",
            "[unparsable:mrt_distance_m]");
  }

  private Path landed() throws IOException {
    Path folder = Files.createDirectories(lake.resolve("landing/housing/valuations"));
    return folder.resolve(DAY + ".csv");
  }

  private AuditReport publish() {
    StageRunner runner = new StageRunner(spark, config());
    runner.run(StageJobs.of(Stage.BRONZE), DAY, Set.of(), false, "test");
    return runner
        .run(StageJobs.of(Stage.SILVER), DAY, Set.of(), false, "test")
        .published()
        .get(new TableDay(new TableName("housing", "valuations"), DAY));
  }

  private AssayConfig config() {
    return SharedData.config("housing", Map.of("lake", lake.toString()));
  }

  private List<String> rows(String where) {
    return spark
        .read()
        .format("delta")
        .load(lake + "/silver/housing/valuations")
        .where(where)
        .collectAsList()
        .stream()
        .map(Row::toString)
        .toList();
  }
}
