package dev.assay.gold.retail;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.udf;

import com.typesafe.config.Config;
import dev.assay.gold.lifetime.BgNbd;
import dev.assay.gold.lifetime.GammaGamma;
import dev.assay.mart.Mart;
import dev.assay.mart.MartInputs;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.types.DataTypes;

/**
 * Known customers who bought: what they were worth, whether they still are customers, and what they
 * are expected to buy. Returns by {@link BgNbd}, amounts by {@link GammaGamma}, which takes the two
 * to be independent; both are estimated of the customers themselves, anew each day.
 *
 * <p>Parameters: {@code horizon-days}, how far the expectation looks; {@code min-repeat-customers},
 * the fewest that must have come back for there to be one; {@code fit-customers}, of how many
 * customers at most the models are estimated.
 */
public final class CustomerValue implements Mart {
  private static final double DAYS_A_MONTH = 30.4375;
  private static final String MONEY = "decimal(28,4)";

  @Override
  public Dataset<Row> compute(MartInputs inputs) {
    Config parameters = inputs.computed().parameters();
    Dataset<Row> histories = CustomerHistories.of(inputs.table("order_lines"), inputs.date());
    Dataset<Row> expected =
        ValueModels.fit(
                histories,
                parameters.getInt("fit-customers"),
                parameters.getInt("min-repeat-customers"))
            .map(models -> expected(histories, models, parameters.getInt("horizon-days")))
            .orElseGet(() -> unexpected(histories));
    Column months = col("tenure_days").divide(DAYS_A_MONTH);
    return expected
        .withColumn("orders_a_month", col("orders").divide(nullif(months, lit(0.0))))
        .withColumn("average_order", col("sales").divide(col("orders")).cast(MONEY))
        .drop("sales", "repeats", "recency_days", "repeat_mean");
  }

  private static Dataset<Row> expected(Dataset<Row> histories, ValueModels models, int horizon) {
    BgNbd returns = models.returns();
    GammaGamma spending = models.spending();
    UDF3<Long, Integer, Integer, Double> alive = returns::alive;
    UDF3<Long, Integer, Integer, Double> purchases =
        (repeats, recency, age) -> returns.expectedRepeats(repeats, recency, age, horizon);
    UDF2<Long, Double, Double> purchase = spending::expectedPurchase;
    Column[] history = {col("repeats"), col("recency_days"), col("tenure_days")};
    return histories
        .withColumn("p_alive", udf(alive, DataTypes.DoubleType).apply(history))
        .withColumn("expected_purchases", udf(purchases, DataTypes.DoubleType).apply(history))
        .withColumn(
            "of_one", udf(purchase, DataTypes.DoubleType).apply(col("repeats"), col("repeat_mean")))
        .withColumn("expected_purchase", col("of_one").cast(MONEY))
        .withColumn("expected_value", col("expected_purchases").multiply(col("of_one")).cast(MONEY))
        .drop("of_one");
  }

  private static Dataset<Row> unexpected(Dataset<Row> histories) {
    return histories
        .withColumn("p_alive", lit(null).cast("double"))
        .withColumn("expected_purchases", lit(null).cast("double"))
        .withColumn("expected_purchase", lit(null).cast(MONEY))
        .withColumn("expected_value", lit(null).cast(MONEY));
  }

  @Override
  public String version() {
    return "1";
  }
}
