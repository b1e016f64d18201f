package dev.assay.ml.evaluation;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.assay.model.Profile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;

/**
 * How the values of columns are spread: numbers over their deciles, others over their most frequent
 * values.
 */
public final class Spread {
  private static final int BINS = 10;
  private static final String DECILES =
      "array(0.1D, 0.2D, 0.3D, 0.4D, 0.5D, 0.6D, 0.7D, 0.8D, 0.9D)";
  private static final int MOST_VALUES = 20;

  private Spread() {}

  /** The profiles of the columns of rows, each in bins of its own; two passes. */
  public static List<Profile> of(Dataset<Row> rows) {
    List<String> numbers = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (StructField field : rows.schema().fields()) {
      (field.dataType() instanceof NumericType ? numbers : others).add(field.name());
    }
    List<Profile> bins = new ArrayList<>();
    if (!numbers.isEmpty()) {
      Row deciles = deciles(rows, numbers);
      for (int i = 0; i < numbers.size(); i++) {
        bins.add(new Profile(numbers.get(i), edges(deciles, i), List.of(), List.of(), 0));
      }
    }
    if (!others.isEmpty()) {
      Map<String, List<String>> values = values(rows, others);
      for (String column : others) {
        bins.add(
            new Profile(column, List.of(), values.getOrDefault(column, List.of()), List.of(), 0));
      }
    }
    return in(bins, rows);
  }

  /** The same columns of other rows, in the bins of profiles; one pass. */
  public static List<Profile> in(List<Profile> profiles, Dataset<Row> rows) {
    List<String> columns = Arrays.asList(rows.columns());
    List<Column> sums = new ArrayList<>();
    for (Profile profile : profiles) {
      boolean isThere = columns.contains(profile.column());
      sums.addAll(isThere ? inBins(profile) : noneInBins(profile));
    }
    sums.add(count(lit(1)));
    Row counted =
        rows.agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new)).first();
    long all = counted.getLong(sums.size() - 1);
    List<Profile> spread = new ArrayList<>();
    int next = 0;
    for (Profile profile : profiles) {
      List<Double> shares = new ArrayList<>();
      for (int bin = 0; bin < bins(profile); bin++) {
        shares.add(counted.isNullAt(next) ? 0.0 : (double) counted.getLong(next) / all);
        next++;
      }
      spread.add(
          new Profile(
              profile.column(), profile.edges(), profile.values(), List.copyOf(shares), all));
    }
    return spread;
  }

  /** The profile of numbers. */
  public static Profile of(String name, double[] numbers) {
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    List<Double> edges = new ArrayList<>();
    for (int bin = 1; bin < BINS && sorted.length > 0; bin++) {
      edges.add(sorted[(int) ((long) bin * sorted.length / BINS)]);
    }
    return in(
        new Profile(name, edges.stream().distinct().toList(), List.of(), List.of(), 0), numbers);
  }

  /** Other numbers in the bins of a profile. */
  public static Profile in(Profile profile, double[] numbers) {
    double[] counts = new double[bins(profile)];
    for (double number : numbers) {
      int bin = Collections.binarySearch(profile.edges(), number);
      counts[bin < 0 ? -bin - 1 : bin]++;
    }
    return new Profile(
        profile.column(),
        profile.edges(),
        profile.values(),
        Arrays.stream(counts).mapToObj(one -> one / numbers.length).toList(),
        numbers.length);
  }

  /** Those of edges or values, one for all others, and one for what has no value. */
  private static int bins(Profile profile) {
    return profile.edges().size() + profile.values().size() + 2;
  }

  /** The deciles of each column, and those of what is not 0 in it. */
  private static Row deciles(Dataset<Row> rows, List<String> columns) {
    List<Column> deciles = new ArrayList<>();
    for (String column : columns) {
      String number = "CAST(" + quoted(column) + " AS DOUBLE)";
      deciles.add(expr("percentile(" + number + ", " + DECILES + ")"));
      deciles.add(expr("percentile(nullif(" + number + ", 0), " + DECILES + ")"));
    }
    return rows.agg(deciles.get(0), deciles.subList(1, deciles.size()).toArray(Column[]::new))
        .first();
  }

  /**
   * The ends of a column's bins. Where most is 0, as money is that few spend, the deciles are 0 too
   * and would not tell what is spent; then those of the rest tell it.
   */
  private static List<Double> edges(Row deciles, int column) {
    List<Double> all = deciles.isNullAt(2 * column) ? List.of() : deciles.getList(2 * column);
    List<Double> edges = all.stream().distinct().toList();
    if (edges.size() > BINS / 2 || !edges.contains(0.0) || deciles.isNullAt(2 * column + 1)) {
      return edges;
    }
    List<Double> others = deciles.getList(2 * column + 1);
    return Stream.concat(Stream.of(0.0), others.stream()).distinct().sorted().toList();
  }

  private static Map<String, List<String>> values(Dataset<Row> rows, List<String> columns) {
    String stack =
        columns.stream()
            .map(column -> "'" + column + "', CAST(" + quoted(column) + " AS STRING)")
            .collect(Collectors.joining(", "));
    List<Row> counted =
        rows.selectExpr("stack(" + columns.size() + ", " + stack + ") AS (column, value)")
            .where("value IS NOT NULL")
            .groupBy("column", "value")
            .count()
            .selectExpr(
                "column",
                "value",
                "row_number() OVER (PARTITION BY column ORDER BY count DESC, value) AS place")
            .where(col("place").leq(MOST_VALUES))
            .orderBy("column", "place")
            .collectAsList();
    Map<String, List<String>> values = new TreeMap<>();
    for (Row row : counted) {
      values.computeIfAbsent(row.getString(0), column -> new ArrayList<>()).add(row.getString(1));
    }
    return values;
  }

  private static List<Column> inBins(Profile profile) {
    Column value = col(quoted(profile.column()));
    List<Column> bins = new ArrayList<>();
    Column isBefore = lit(false);
    for (double edge : profile.edges()) {
      Column isIn = value.cast("double").leq(edge);
      bins.add(isIn.and(org.apache.spark.sql.functions.not(isBefore)));
      isBefore = isIn;
    }
    for (String one : profile.values()) {
      bins.add(value.cast("string").equalTo(one));
    }
    Column isOther =
        profile.values().isEmpty()
            ? org.apache.spark.sql.functions.not(isBefore)
            : org.apache.spark.sql.functions.not(
                value.cast("string").isin(profile.values().toArray()));
    bins.add(isOther.and(value.isNotNull()));
    bins.add(value.isNull());
    return bins.stream()
        .map(isIn -> sum(when(coalesce(isIn, lit(false)), 1L).otherwise(0L)))
        .toList();
  }

  /** What is not there any more has no value in any row. */
  private static List<Column> noneInBins(Profile profile) {
    List<Column> bins = new ArrayList<>(Collections.nCopies(bins(profile) - 1, sum(lit(0L))));
    bins.add(count(lit(1)));
    return bins;
  }

  private static String quoted(String column) {
    return "`" + column + "`";
  }
}
