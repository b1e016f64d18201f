package dev.assay.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.error.AssayException;
import dev.assay.testing.SharedData;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How far back a mart's parameter may reach: what is not read cannot be missed silently. */
class DaysReadConfigTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "conversion_paths|31|31 days are more than the 30 of look-back-days that are read; raise that",
        "feature_adoption|401|401 days are more than the 400 of window-days that are read; raise that",
        "feature_adoption|-1|-1 is negative; give 0 or more",
        "feature_adoption|all|is not a whole number (all)",
      })
  void daysThatAreNotReadAreRefused(String table, String days, String problem) {
    String key = "pipeline.tables." + table + ".parameters.days";

    AssayException refusal =
        catchThrowableOfType(
            AssayException.class, () -> SharedData.config("web", Map.of(key, days)));

    assertThat(refusal).hasMessageContaining(key + ": " + problem);
  }

  @Test
  void asManyAsAreReadAreTaken() {
    assertThatCode(
            () ->
                SharedData.config(
                    "web",
                    Map.of(
                        "pipeline.tables.conversion_paths.look-back-days", "45",
                        "pipeline.tables.conversion_paths.parameters.days", "45",
                        "pipeline.tables.feature_adoption.parameters.days", "400")))
        .doesNotThrowAnyException();
  }
}
