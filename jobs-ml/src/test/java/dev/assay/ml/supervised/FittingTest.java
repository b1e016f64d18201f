package dev.assay.ml.supervised;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.testing.TestSpark;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.regression.RandomForestRegressor;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.Test;

class FittingTest {
  @Test
  void whatIsTriedOnAPartPreparesItOnce() {
    LongAccumulator looks = TestSpark.session().sparkContext().longAccumulator();
    UDF1<Long, Double> looked =
        id -> {
          looks.add(1);
          return (double) (id % 7);
        };
    Dataset<Row> rows =
        TestSpark.session()
            .range(0, 200, 1, 1)
            .withColumn(
                "number", udf(looked, DataTypes.DoubleType).asNondeterministic().apply(col("id")))
            .selectExpr("number", "2 * number AS _label", "pmod(id, 4) AS _fold");
    RandomForestRegressor forest =
        new RandomForestRegressor()
            .setFeaturesCol(Features.VECTOR)
            .setLabelCol(Examples.LABEL)
            .setNumTrees(2);
    Fitting fitting =
        new Fitting(
            new Features(List.of("number"), List.of(), Map.of(), Map.of(), 0, false, 1), forest);

    fitting.fit(rows, new ParamMap().put(forest.maxDepth().w(2)));
    long once = looks.value();
    fitting.fit(rows, new ParamMap().put(forest.maxDepth().w(3)));

    assertThat(once).isPositive();
    assertThat(looks.value()).isEqualTo(once);
  }
}
