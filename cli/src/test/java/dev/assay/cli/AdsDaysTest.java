package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.config.AssayConfig;
import dev.assay.samples.Domain;
import dev.assay.samples.Format;
import dev.assay.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Days of ads from files to marts. */
class AdsDaysTest {
  private static final LocalDate FIRST = LocalDate.of(2024, 3, 31);
  private static final List<Format> FORMATS = List.of(Format.CSV, Format.JSON, Format.PARQUET);
  private static final LocalDate LAST = FIRST.plusDays(FORMATS.size() - 1);
  private static final int ROWS = 4_000;

  @TempDir private Path lake;
  @TempDir private Path samples;

  /** Each day in a format of its own, and windows so short that a day falls out of them. */
  @Test
  void everyTableHasTheRowsThatAnotherEngineMakesOfTheSameFiles() throws IOException {
    Path landing = Files.createDirectories(lake.resolve("landing/ads/ad_events"));
    for (int day = 0; day < FORMATS.size(); day++) {
      Format format = FORMATS.get(day);
      Path written = samples.resolve(format.name());
      GeneratedFeeds.write(Domain.ADS, format, ROWS, FIRST, FORMATS.size(), written);
      String date = FIRST.plusDays(day).toString();
      Files.move(written.resolve("ad_events").resolve(date), landing.resolve(date));
    }
    AssayConfig config =
        SharedData.config(
            "ads",
            Map.of(
                "lake", lake.toString(),
                "pipeline.tables.user_behaviour.window-days", "2",
                "pipeline.tables.campaign_totals.window-days", "2"));

    PipelineDays.run(config, FIRST, LAST);

    Agreement.assertOf(config, FIRST, LAST);
    assertThat(PipelineDays.withoutModels(config, FIRST))
        .as("users of a day can be parted, but there are no days before it to learn from")
        .containsExactly(
            "ad_recommendations",
            "ad_recommendations_training",
            "ad_recommendations_users",
            "click_model",
            "click_model_calibration",
            "click_model_importances",
            "click_model_training");
  }
}
