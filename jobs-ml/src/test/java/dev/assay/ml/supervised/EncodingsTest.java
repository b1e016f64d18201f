package dev.assay.ml.supervised;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.testing.TestSpark;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class EncodingsTest {
  private static final Features FEATURES =
      new Features(
          List.of(), List.of(), Map.of("mean", "town"), Map.of("count", "town"), 2, false, 1);

  /** The mean of all is 32.5. */
  private final Dataset<Row> rows =
      TestSpark.session()
          .sql(
              "SELECT * FROM VALUES ('a', 10D, 0L), ('a', 20D, 1L), ('a', 60D, 2L), ('b', 40D, 0L)"
                  + " AS given(town, _label, _fold)");

  private final Encodings encodings = Encodings.of(FEATURES, rows);

  @Test
  void aRowThatIsLearnedFromHasTheMeanOfTheOtherParts() {
    Dataset<Row> encoded = encodings.toLearnFrom(rows).select("town", "_fold", "mean", "count");

    assertThat(encoded.collectAsList())
        .extracting(Row::toString)
        .containsExactlyInAnyOrder(
            "[a,0,36.25,3.0]", "[a,1,33.75,3.0]", "[a,2,23.75,3.0]", "[b,0,32.5,1.0]");
  }

  @Test
  void anyOtherRowHasTheMeanOfAllPartsAndWhatIsNewThatOfAllRows() {
    Dataset<Row> others =
        TestSpark.session().sql("SELECT * FROM VALUES ('a'), ('b'), ('c'), (NULL) AS given(town)");
    for (Transformer stage : encodings.stages()) {
      others = stage.transform(others);
    }

    assertThat(others.select("town", "mean", "count").collectAsList())
        .extracting(Row::toString)
        .containsExactlyInAnyOrder(
            "[a,31.0,3.0]", "[b,35.0,1.0]", "[c,32.5,0.0]", "[null,32.5,0.0]");
  }
}
