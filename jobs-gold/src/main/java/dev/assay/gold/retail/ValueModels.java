package dev.assay.gold.retail;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import dev.assay.gold.lifetime.BgNbd;
import dev.assay.gold.lifetime.GammaGamma;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How customers come back and what they spend, estimated of their own histories.
 *
 * @param returns how often they come back, by days
 * @param spending what a purchase amounts to
 */
record ValueModels(BgNbd returns, GammaGamma spending) {

  /**
   * Estimates them of customers' histories, as {@link CustomerHistories} has them.
   *
   * @param sample of how many customers at most, in the order of their hashes
   * @param leastRepeaters how many of those must have come back
   * @return empty where fewer did
   */
  static Optional<ValueModels> fit(Dataset<Row> histories, int sample, int leastRepeaters) {
    // Customers alike are one row, in an order of their own: sums are the same to the last bit.
    List<Row> alike =
        histories
            .orderBy(xxhash64(col("customer_id")), col("customer_id"))
            .limit(sample)
            .groupBy("repeats", "recency_days", "tenure_days", "repeat_mean")
            .agg(count(lit(1)).as("customers"))
            .orderBy("repeats", "recency_days", "tenure_days", "repeat_mean")
            .collectAsList();
    List<GammaGamma.Spending> spendings =
        alike.stream()
            .filter(row -> row.getLong(0) > 0)
            .map(row -> new GammaGamma.Spending(row.getLong(0), row.getDouble(3), row.getLong(4)))
            .toList();
    long repeaters = spendings.stream().mapToLong(GammaGamma.Spending::customers).sum();
    if (repeaters < Math.max(1, leastRepeaters)) {
      return Optional.empty();
    }
    List<BgNbd.History> returns =
        alike.stream()
            .map(
                row ->
                    new BgNbd.History(row.getLong(0), row.getInt(1), row.getInt(2), row.getLong(4)))
            .toList();
    return Optional.of(new ValueModels(BgNbd.fit(returns), GammaGamma.fit(spendings)));
  }
}
