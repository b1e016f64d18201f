package dev.assay.mart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.config.AssayConfig;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.job.StageRun;
import dev.assay.table.TableLayout;
import dev.assay.testing.BlackFriday;
import dev.assay.testing.FakeInputs;
import dev.assay.testing.TestSpark;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Marts of what models learned, which is there on the days alone on which they learn. */
class MartsTest {
  private static final LocalDate DAY = LocalDate.of(2017, 11, 24);

  private final AssayConfig config = BlackFriday.config(Map.of());

  @Test
  void aMartOfModelsThatNeverLearnedTellsWhatItCan() {
    FakeInputs inputs =
        new FakeInputs().with("statistical_tests", "as_of", noRows(), Set.of(DAY, DAY.plusDays(1)));

    assertThat(draft(inputs).select("hypothesis", "verdict", "as_of").toJSON().collectAsList())
        .hasSize(4)
        .allMatch(row -> row.contains("\"verdict\":\"undecided\",\"as_of\":\"" + DAY + "\""));
  }

  @Test
  void aMartHasNothingForADayOnWhichAnotherInputHasNothing() {
    FakeInputs inputs =
        new FakeInputs().with("statistical_tests", "as_of", noRows(), Set.of(DAY.minusDays(1)));

    AssayException nothing = catchThrowableOfType(AssayException.class, () -> draft(inputs));

    assertThat(nothing.exitCode()).isEqualTo(ExitCode.NO_DATA);
    assertThat(nothing)
        .hasMessage(
            "purchases.statistical_tests has nothing for 2017-11-24; if it should, run the gold"
                + " stage of that day first");
  }

  private Dataset<Row> draft(FakeInputs inputs) {
    StageRun run = new StageRun("run", TestSpark.session(), config, inputs);
    return Marts.draft(run, DAY, config.pipeline().table("findings")).rows();
  }

  private Dataset<Row> noRows() {
    return TestSpark.session()
        .createDataFrame(
            List.of(), TableLayout.of(config.pipeline().table("statistical_tests")).schema());
  }
}
