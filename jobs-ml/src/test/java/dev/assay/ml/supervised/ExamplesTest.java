package dev.assay.ml.supervised;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.typesafe.config.ConfigFactory;
import dev.assay.config.TableName;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.ml.Parameters;
import dev.assay.testing.TestSpark;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** How the rows that are learned from are parted, to choose a learner by. */
class ExamplesTest {
  private static final int LEARNED = 300;

  /** The others are held back. */
  private final Dataset<Row> rows =
      TestSpark.session()
          .sql(
              "SELECT id, CAST(id AS DOUBLE) AS x, CAST(id AS DOUBLE) AS y, id >= %d AS held_out FROM range(0, 400)"
                  .formatted(LEARNED));

  @Test
  void everyRowThatIsLearnedFromIsInOneFold() {
    for (int folds = 2; folds <= 7; folds++) {
      try (Examples examples = examples(folds)) {
        List<Long> validated = new ArrayList<>();
        for (int fold = 0; fold < examples.folds(); fold++) {
          List<Long> own = ids(examples.fold(fold));
          validated.addAll(own);
          assertThat(ids(examples.without(fold)))
              .hasSize(LEARNED - own.size())
              .doesNotContainAnyElementsOf(own);
        }
        assertThat(examples.folds()).isEqualTo(folds);
        assertThat(validated)
            .as("of %d folds", folds)
            .containsExactlyInAnyOrderElementsOf(LongStream.range(0, LEARNED).boxed().toList());
      }
    }
  }

  @Test
  void whatIsLearnedFromTheOthersOfARowIsOfSeveralPartsHoweverFewTheFolds() {
    try (Examples examples = examples(2)) {
      assertThat(examples.without(0).select(Examples.FOLD).distinct().count()).isEqualTo(3);
    }
  }

  @Test
  void withoutFoldsOnePartOfFiveIsValidated() {
    try (Examples examples = examples(0)) {
      assertThat(examples.folds()).isEqualTo(1);
      assertThat(ids(examples.fold(0)))
          .isEqualTo(ids(examples.learnedFrom().where(Examples.FOLD + " = 0")))
          .hasSizeBetween(LEARNED / 5 - 20, LEARNED / 5 + 20);
    }
  }

  @Test
  void oneFoldIsRefused() {
    AssayException refusal = catchThrowableOfType(AssayException.class, () -> examples(1));

    assertThat(refusal.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(refusal)
        .hasMessageContaining("1: folds is 1, which leaves nothing to learn from")
        .hasMessageContaining("give 2 or more, or 0");
  }

  private Examples examples(int folds) {
    Parameters parameters =
        new Parameters(
            new TableName("test", "model"),
            ConfigFactory.parseString(
                "seed = 7, key = [id], label = y, numbers = [x], folds = " + folds));
    return Examples.of(rows, Features.of(parameters), Target.VALUE, parameters);
  }

  private static List<Long> ids(Dataset<Row> rows) {
    return rows.select("id").collectAsList().stream().map(row -> row.getLong(0)).sorted().toList();
  }
}
