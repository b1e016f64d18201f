package dev.assay.cli;

import dev.assay.config.AssayConfig;
import dev.assay.samples.Domain;
import dev.assay.samples.Format;
import dev.assay.testing.SharedData;
import dev.assay.testing.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A million generated rows of each pipeline that has a generator: every table has the rows that
 * another engine makes of the same files. Windows are so short that days fall out of them.
 */
@Tag("soak")
class MillionRowsTest {
  private static final int ROWS = 1_000_000;
  private static final int DAYS = 4;

  /** A Saturday, the last but one of a month. */
  private static final LocalDate FIRST = LocalDate.of(2024, 3, 30);

  private static final LocalDate LAST = FIRST.plusDays(DAYS - 1);

  private static final String CODE_OF_QUERIES = "spark.sql.codegen.factoryMode";
  private static final String SORTED_GROUPS = "spark.sql.execution.replaceHashWithSortAgg";

  @TempDir private Path lake;

  /** Of so many rows the queries are worth compiling. */
  @BeforeAll
  static void compileQueries() {
    TestSpark.session().conf().set(CODE_OF_QUERIES, "FALLBACK");
    TestSpark.session().conf().set(SORTED_GROUPS, "true");
  }

  @AfterAll
  static void doNotCompileQueries() {
    TestSpark.session().conf().set(CODE_OF_QUERIES, "NO_CODEGEN");
  }

  @Test
  void ofAds() throws IOException {
    write(Domain.ADS, "ads");
    agrees(
        "ads",
        Map.of(
            "pipeline.tables.user_behaviour.window-days", "3",
            "pipeline.tables.campaign_totals.window-days", "3"));
  }

  @Test
  void ofTheWeb() throws IOException {
    GeneratedFeeds.writeWeb(ROWS, FIRST, DAYS, lake.resolve("landing/web"));
    agrees(
        "web",
        Map.of(
            "pipeline.tables.visitor_history.window-days", "3",
            "pipeline.tables.cohorts.window-days", "3",
            "pipeline.tables.engagement.window-days", "3",
            "pipeline.tables.conversion_paths.look-back-days", "2"));
  }

  @Test
  void ofPurchases() throws IOException {
    write(Domain.PURCHASES, "purchases");
    AssayConfig config = config("purchases", Map.of());
    PipelineDays.run(config, FIRST, FIRST);
    Agreement.assertOf(config, FIRST, FIRST);
  }

  @Test
  void ofPlays() throws IOException {
    write(Domain.TRACKS, "listening");
    Path customers = Files.createDirectories(lake.resolve("landing/listening/customers"));
    Files.copy(
        SharedData.file("listening/cust.csv"), customers.resolve(FIRST.minusDays(1) + ".csv"));
    agrees("listening", Map.of("pipeline.tables.listener_profile.window-days", "3"));
  }

  private void write(Domain domain, String pipeline) throws IOException {
    Path into = lake.resolve("landing").resolve(pipeline);
    GeneratedFeeds.write(domain, Format.CSV, ROWS, FIRST, DAYS, into);
  }

  private void agrees(String pipeline, Map<String, String> overrides) {
    AssayConfig config = config(pipeline, overrides);
    PipelineDays.run(config, FIRST, LAST);
    Agreement.assertOf(config, FIRST, LAST);
  }

  private AssayConfig config(String pipeline, Map<String, String> overrides) {
    Map<String, String> all = new HashMap<>(overrides);
    all.put("lake", lake.toString());
    return SharedData.config(pipeline, all);
  }
}
