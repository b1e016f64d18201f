package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.config.TableContract;
import dev.assay.testing.SharedData;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is told of rows that are not the same. */
class DayComparisonTest {
  private static final LocalDate DAY = LocalDate.of(2013, 8, 1);

  private final TableContract contract =
      SharedData.config("listening", Map.of()).pipeline().table("listener_summary");

  /** With columns as_of, profile_column, count, mean. */
  private Optional<String> difference(List<List<Object>> released, List<List<Object>> recomputed) {
    List<String> leftOut = List.of("variance", "min", "max", "non_zeros", "l1_norm", "l2_norm");
    return new DayComparison(contract, new Closeness(Map.of("count", 0.01), leftOut, "true"))
        .difference(DAY, released, recomputed);
  }

  private static List<Object> row(String column, long count, double mean) {
    return List.of(DAY, column, Cells.comparable(count), mean);
  }

  @Test
  void nothingWhereRowsDifferInTheirOrderAndLessThanTheyMay() {
    assertThat(
            difference(
                List.of(row("night", 1_000, 1.5), row("total", 7, 2_000_000_000.0)),
                List.of(row("total", 7, 2_000_000_001.9), row("night", 1_010, 1.5 + 9e-10))))
        .isEmpty();
  }

  @Test
  void everyColumnThatDiffersMoreThanItMay() {
    assertThat(
            difference(
                List.of(row("night", 1_000, 1.5), row("total", 1_000, 1.5)),
                List.of(row("night", 1_011, 1.5 + 2e-9), row("total", 1_000, 1.5))))
        .hasValue(
            "listening.listener_summary of 2013-08-01: 1 of 2 rows differ: [night] has"
                + " count 1000, recomputed 1011, mean 1.5, recomputed 1.500000002");
  }

  @Test
  void rowsThatOnlyOneEngineHasOrThatCameTwice() {
    assertThat(
            difference(
                List.of(row("night", 1, 1), row("total", 1, 1), row("total", 1, 1)),
                List.of(row("total", 1, 1), row("days", 1, 1))))
        .hasValue(
            "listening.listener_summary of 2013-08-01: 3 of 3 rows differ:"
                + " [2013-08-01, night, 1, 1.0] is not recomputed; [total] is released twice;"
                + " [2013-08-01, days, 1, 1.0] is recomputed and not released");
  }
}
