package dev.assay.ml.supervised;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.StringIndexerModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the rows learned from say of a column of many values: the mean label of those with a value,
 * drawn to the mean of all by some rows' weight (Micci-Barreca, "A Preprocessing Scheme for
 * High-Cardinality Categorical Attributes", 2001), and how many they are. A value that none has is
 * as the mean of all, and has 0.
 *
 * <p>In a row that is learned from, the mean is of the other parts of the rows: with its own label
 * in it, a learner would trust it more than a mean deserves in which a row's label is not.
 *
 * <p>Spark's own {@code TargetEncoder} does not say which columns it adds, so that none can follow
 * it in a pipeline, takes a mean for a name, and compares a row with every value there is.
 */
final class Encodings {
  private static final String PLACE = "_place_";

  private final Features features;
  private final StringIndexerModel places;
  private final Map<String, Counted> columns;
  private final double mean;

  /** The labels and rows of each part and place; the last place is for what has no other. */
  private static final class Counted {
    private final double[][] sums;
    private final long[][] rows;
    private final int places;

    Counted(int parts, int places) {
      this.sums = new double[parts][places];
      this.rows = new long[parts][places];
      this.places = places;
    }

    void add(int part, int place, double labels, long count) {
      sums[part][place] = labels;
      rows[part][place] = count;
    }

    int parts() {
      return sums.length;
    }

    int places() {
      return places;
    }

    double sum(int place, int without) {
      double sum = 0;
      for (int part = 0; part < sums.length; part++) {
        sum += part == without ? 0 : sums[part][place];
      }
      return sum;
    }

    long rows(int place, int without) {
      long all = 0;
      for (int part = 0; part < rows.length; part++) {
        all += part == without ? 0 : rows[part][place];
      }
      return all;
    }
  }

  private Encodings(
      Features features, StringIndexerModel places, Map<String, Counted> columns, double mean) {
    this.features = features;
    this.places = places;
    this.columns = columns;
    this.mean = mean;
  }

  /** Learns them from rows with a label and a part. */
  static Encodings of(Features features, Dataset<Row> rows) {
    String[] names = columns(features).toArray(String[]::new);
    String[] indexed = columns(features).stream().map(PLACE::concat).toArray(String[]::new);
    StringIndexerModel places =
        new StringIndexer()
            .setInputCols(names)
            .setOutputCols(indexed)
            .setStringOrderType("alphabetAsc")
            .setHandleInvalid("keep")
            .fit(rows);
    Dataset<Row> placed = places.transform(rows);
    Map<String, Counted> columns = new LinkedHashMap<>();
    for (int i = 0; i < names.length; i++) {
      columns.put(names[i], counted(placed, indexed[i], places.labelsArray()[i].length));
    }
    Counted any = columns.values().iterator().next();
    double labels = 0;
    long all = 0;
    for (int place = 0; place < any.places(); place++) {
      labels += any.sum(place, -1);
      all += any.rows(place, -1);
    }
    return new Encodings(features, places, columns, labels / all);
  }

  private static Set<String> columns(Features features) {
    Set<String> columns = new LinkedHashSet<>(features.means().values());
    columns.addAll(features.counts().values());
    return columns;
  }

  private static Counted counted(Dataset<Row> placed, String index, int values) {
    List<Row> found =
        placed
            .groupBy(col(index).cast("int"), col(Examples.FOLD).cast("int"))
            .agg(sum(Examples.LABEL), count(lit(1)))
            .collectAsList();
    int parts = 1 + found.stream().mapToInt(row -> row.getInt(1)).max().orElse(0);
    Counted counted = new Counted(parts, values + 1);
    for (Row row : found) {
      counted.add(row.getInt(1), row.getInt(0), row.getDouble(2), row.getLong(3));
    }
    return counted;
  }

  /** What adds them to any rows. */
  List<Transformer> stages() {
    List<String> added = new ArrayList<>();
    features.means().forEach((name, of) -> added.add(looked(name, of, "0", means(of, -1))));
    features.counts().forEach((name, of) -> added.add(looked(name, of, "0", rows(of))));
    return List.of(places, adding(added));
  }

  /** Adds them to the rows that they were learned from. */
  Dataset<Row> toLearnFrom(Dataset<Row> rows) {
    List<String> added = new ArrayList<>();
    features
        .means()
        .forEach(
            (name, of) -> {
              Counted counted = counted(of);
              List<Double> means = new ArrayList<>();
              for (int part = 0; part < counted.parts(); part++) {
                means.addAll(means(of, part));
              }
              String part = Examples.FOLD + " * " + counted.places();
              added.add(looked(name, of, part, means));
            });
    features.counts().forEach((name, of) -> added.add(looked(name, of, "0", rows(of))));
    return adding(added).transform(places.transform(rows));
  }

  private Counted counted(String column) {
    return Objects.requireNonNull(columns.get(column), "it is encoded");
  }

  private List<Double> means(String column, int without) {
    Counted counted = counted(column);
    List<Double> means = new ArrayList<>();
    for (int place = 0; place < counted.places(); place++) {
      double weight = counted.rows(place, without) + features.smoothing();
      double labels = counted.sum(place, without) + features.smoothing() * mean;
      means.add(weight == 0 ? mean : labels / weight);
    }
    return means;
  }

  private List<Double> rows(String column) {
    Counted counted = counted(column);
    List<Double> rows = new ArrayList<>();
    for (int place = 0; place < counted.places(); place++) {
      rows.add((double) counted.rows(place, -1));
    }
    return rows;
  }

  /** SQL that looks a feature up by a row's place, in an array that is parsed once a query. */
  private static String looked(String name, String column, String from, List<Double> values) {
    return "element_at(from_json('%s', 'array<double>'), CAST(%s + `%s` AS INT) + 1) AS `%s`"
        .formatted(values, from, PLACE + column, name);
  }

  private static SQLTransformer adding(List<String> columns) {
    return new SQLTransformer()
        .setStatement("SELECT *, " + String.join(", ", columns) + " FROM __THIS__");
  }
}
