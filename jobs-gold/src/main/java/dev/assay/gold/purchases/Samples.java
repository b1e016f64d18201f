package dev.assay.gold.purchases;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.rint;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import dev.assay.gold.purchases.TestPlan.Pair;
import dev.assay.gold.statistics.Moments;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * What tests need to know of purchases, summed up where they are: what is collected is as long as
 * an attribute has values, or a sample is to be.
 *
 * @param purchases rows of the silver table
 */
record Samples(Dataset<Row> purchases) {
  /**
   * Amounts in hundredths are whole, and their squares are taken in two parts, so that doubles hold
   * sums of them exactly: those are the same in whatever order rows come.
   */
  private static final double UNIT = 0x1p24;

  private static final Column CENTS = rint(col("amount").multiply(100));
  private static final Column SQUARE = CENTS.multiply(CENTS);
  private static final Column HIGH = rint(SQUARE.divide(UNIT));

  /** How many purchases there are. */
  long size() {
    return purchases.count();
  }

  /** The purchases of each value of each attribute; values in their order as text. */
  Map<String, List<Moments>> groups(List<String> attributes) {
    if (attributes.isEmpty()) {
      return Map.of();
    }
    List<Row> sums =
        byAttribute(attributes)
            .groupBy("attribute", "value")
            .agg(count(lit(1)), sum(CENTS), sum(HIGH), sum(SQUARE.minus(HIGH.multiply(UNIT))))
            .orderBy("attribute", "value")
            .collectAsList();
    Map<String, List<Moments>> groups = new LinkedHashMap<>();
    for (String attribute : attributes) {
      groups.put(
          attribute,
          sums.stream()
              .filter(row -> row.getString(0).equals(attribute))
              .map(Samples::moments)
              .toList());
    }
    return groups;
  }

  private static Moments moments(Row row) {
    BigDecimal n = BigDecimal.valueOf(row.getLong(2));
    BigDecimal sum = new BigDecimal(row.getDouble(3));
    BigDecimal sumOfSquares =
        new BigDecimal(row.getDouble(4))
            .multiply(BigDecimal.valueOf(UNIT))
            .add(new BigDecimal(row.getDouble(5)));
    BigDecimal mean = sum.divide(n, MathContext.DECIMAL128).movePointLeft(2);
    BigDecimal squares =
        n.multiply(sumOfSquares)
            .subtract(sum.multiply(sum))
            .divide(n, MathContext.DECIMAL128)
            .movePointLeft(4);
    return new Moments(row.getString(1), row.getLong(2), mean.doubleValue(), squares.doubleValue());
  }

  /**
   * How far the distributions of the amount lie apart, at most, between the two values of each
   * attribute: the histograms of both, cumulated side by side.
   */
  Map<String, Double> distances(List<String> attributes) {
    if (attributes.isEmpty()) {
      return Map.of();
    }
    WindowSpec all = Window.partitionBy("attribute");
    WindowSpec upTo = all.orderBy("amount");
    Column ofFirst = when(col("value").equalTo(col("first")), col("n")).otherwise(0);
    Column ofSecond = when(col("value").notEqual(col("first")), col("n")).otherwise(0);
    Column distance =
        abs(
            sum(ofFirst)
                .over(upTo)
                .divide(sum(ofFirst).over(all))
                .minus(sum(ofSecond).over(upTo).divide(sum(ofSecond).over(all))));
    Map<String, Double> distances = new LinkedHashMap<>();
    byAttribute(attributes)
        .groupBy("attribute", "value", "amount")
        .agg(count(lit(1)).as("n"))
        .withColumn("first", min("value").over(all))
        .withColumn("distance", distance)
        .groupBy("attribute")
        .agg(max("distance"))
        .collectAsList()
        .forEach(row -> distances.put(row.getString(0), row.getDouble(1)));
    return distances;
  }

  /** How many purchases have each value of one attribute and each of the other: rows, columns. */
  Map<Pair, long[][]> counts(List<Pair> pairs) {
    if (pairs.isEmpty()) {
      return Map.of();
    }
    List<Column> both = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      both.add(
          struct(
              lit(i).as("pair"),
              text(pairs.get(i).first()).as("first"),
              text(pairs.get(i).second()).as("second")));
    }
    List<Row> counted =
        purchases
            .select(explode(array(both.toArray(Column[]::new))).as("both"))
            .groupBy("both.pair", "both.first", "both.second")
            .count()
            .collectAsList();
    Map<Pair, long[][]> counts = new LinkedHashMap<>();
    for (int i = 0; i < pairs.size(); i++) {
      int pair = i;
      counts.put(
          pairs.get(i), table(counted.stream().filter(row -> row.getInt(0) == pair).toList()));
    }
    return counts;
  }

  /**
   * Amounts of some purchases, the same for the same seed: those whose ids come first when hashed
   * with it.
   *
   * @param size how many, if there are as many
   */
  double[] amounts(int size, long seed) {
    return purchases
        .orderBy(xxhash64(lit(seed), col("purchase_id")), col("purchase_id"))
        .limit(size)
        .select(col("purchase").cast("double"))
        .collectAsList()
        .stream()
        .mapToDouble(row -> row.getDouble(0))
        .toArray();
  }

  /** A row a purchase and attribute: attribute, value, amount. */
  private Dataset<Row> byAttribute(List<String> attributes) {
    Column[] each =
        attributes.stream()
            .map(name -> struct(lit(name).as("attribute"), text(name).as("value")))
            .toArray(Column[]::new);
    return purchases
        .select(explode(array(each)).as("one"), col("purchase").cast("double").as("amount"))
        .select(col("one.attribute"), col("one.value"), col("amount"));
  }

  private static Column text(String attribute) {
    return coalesce(col(attribute).cast("string"), lit("none"));
  }

  private static long[][] table(List<Row> counted) {
    List<String> rows = counted.stream().map(row -> row.getString(1)).distinct().sorted().toList();
    List<String> columns =
        counted.stream().map(row -> row.getString(2)).distinct().sorted().toList();
    long[][] table = new long[rows.size()][columns.size()];
    for (Row row : counted) {
      table[rows.indexOf(row.getString(1))][columns.indexOf(row.getString(2))] = row.getLong(3);
    }
    return table;
  }
}
