package dev.assay.ml.supervised;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.ml.Parameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows with a label, parted into those to learn from and those held back. A row is held back by its
 * own column {@code held_out}, where the query gives one (by time, where there is time), else by a
 * hash of its key: the same row in every training, so that no champion ever learned from what it is
 * compared on.
 *
 * <p>In one order and a fixed number of partitions: sums of doubles depend on their order, and the
 * same rows must give the same model.
 */
final class Examples implements AutoCloseable {
  static final String LABEL = "_label";

  /** The part of the rows that a row is in: of each of the parts that are told apart, some. */
  static final String FOLD = "_fold";

  private static final String HELD_OUT = "held_out";
  private static final int SHARES = 10_000;

  /** Of fewer parts, what is learned from the others of a row would be of too few of them. */
  private static final int LEAST_PARTS = 5;

  private static final int LEAST_ROWS = 20;

  private final Dataset<Row> rows;
  private final Parameters parameters;
  private final double mean;
  private final boolean isByTime;

  private Examples(Dataset<Row> rows, Parameters parameters, double mean, boolean isByTime) {
    this.rows = rows;
    this.parameters = parameters;
    this.mean = mean;
    this.isByTime = isByTime;
  }

  /**
   * Takes rows as examples.
   *
   * @throws AssayException with NO_DATA if they are too few, or all yes or all no; with REFUSED if
   *     some lack a value
   */
  static Examples of(Dataset<Row> given, Features features, Target target, Parameters parameters) {
    List<String> key = parameters.texts("key");
    Column[] keys = key.stream().map(org.apache.spark.sql.functions::col).toArray(Column[]::new);
    Column hash = xxhash64(with(keys, lit(parameters.integer("seed"))));
    boolean isParted = Arrays.asList(given.columns()).contains(HELD_OUT);
    double share = isParted ? 0 : parameters.share("held-out");
    Dataset<Row> rows =
        given
            .withColumn(LABEL, col(parameters.text("label")).cast("double"))
            .withColumn(
                HELD_OUT,
                isParted ? col(HELD_OUT) : pmod(hash, lit(SHARES)).lt(lit((int) (share * SHARES))))
            .withColumn(
                FOLD,
                pmod(
                    xxhash64(with(keys, lit("fold"), lit(parameters.integer("seed")))),
                    lit(parts(parameters))));
    int partitions = parameters.integer("partitions", 1);
    Dataset<Row> ordered =
        (partitions == 1 ? rows.coalesce(1) : rows.repartition(partitions, keys))
            .sortWithinPartitions(keys)
            .cache();
    try {
      double mean = mean(ordered, features, parameters);
      if (target == Target.YES_OR_NO) {
        requireBoth(ordered, parameters);
      }
      return new Examples(ordered, parameters, mean, isParted);
    } catch (RuntimeException refused) {
      ordered.unpersist();
      throw refused;
    }
  }

  /** As many as there are folds, or a multiple of that. */
  private static int parts(Parameters parameters) {
    int folds = parameters.integer("folds", 0);
    if (folds < 0 || folds == 1) {
      throw parameters.wrong(
          "folds",
          "is "
              + folds
              + ", which leaves nothing to learn from; give 2 or more, or 0 for one part of five");
    }
    return folds == 0 ? LEAST_PARTS : folds * ((LEAST_PARTS + folds - 1) / folds);
  }

  /** Reads the parameters by which rows become examples. */
  static void read(Parameters parameters) {
    if (parameters.texts("key").isEmpty()) {
      throw parameters.wrong("key", "is missing; give the columns that tell rows apart");
    }
    parameters.text("label");
    parts(parameters);
    parameters.integer("partitions", 1);
    // Rows that their query parts need none.
    if (parameters.has("held-out")) {
      parameters.share("held-out");
    }
  }

  private static Column[] with(Column[] keys, Column... more) {
    List<Column> all = new ArrayList<>(Arrays.asList(keys));
    all.addAll(Arrays.asList(more));
    return all.toArray(Column[]::new);
  }

  /** The mean label of those to learn from, once all are seen to be whole. */
  private static double mean(Dataset<Row> rows, Features features, Parameters parameters) {
    List<String> needed = new ArrayList<>(features.numbers());
    needed.add(LABEL);
    List<Column> figures = new ArrayList<>();
    figures.add(count(lit(1)));
    figures.add(count_if(not(col(HELD_OUT))));
    figures.add(avg(when(not(col(HELD_OUT)), col(LABEL))));
    needed.forEach(column -> figures.add(count_if(isNoNumber(col(column).cast("double")))));
    Row found =
        rows.agg(figures.get(0), figures.subList(1, figures.size()).toArray(Column[]::new)).first();
    long all = found.getLong(0);
    long learned = found.getLong(1);
    if (learned < LEAST_ROWS || all - learned < LEAST_ROWS) {
      throw new AssayException(
          ExitCode.NO_DATA,
          "model "
              + parameters.model()
              + " has "
              + learned
              + " examples to learn from and "
              + (all - learned)
              + " held back, and needs "
              + LEAST_ROWS
              + " of each; it is trained on the first day that has them");
    }
    for (int i = 0; i < needed.size(); i++) {
      if (found.getLong(3 + i) > 0) {
        String column = needed.get(i).equals(LABEL) ? parameters.text("label") : needed.get(i);
        throw new AssayException(
            ExitCode.REFUSED,
            found.getLong(3 + i)
                + " of "
                + all
                + " examples of model "
                + parameters.model()
                + " have no number in '"
                + column
                + "'; give one in its query, as by coalesce");
      }
    }
    return found.getDouble(2);
  }

  /** {@code isNaN} of nothing is false, and that of more than any number, too. */
  private static Column isNoNumber(Column value) {
    return value.isNull().or(value.isNaN()).or(abs(value).equalTo(lit(Double.POSITIVE_INFINITY)));
  }

  /** Of rows that are all yes, or all no, nothing tells the one from the other. */
  private static void requireBoth(Dataset<Row> rows, Parameters parameters) {
    for (Row part :
        rows.groupBy(HELD_OUT)
            .agg(count(lit(1)), min(LABEL), max(LABEL))
            .orderBy(HELD_OUT)
            .collectAsList()) {
      if (part.getDouble(2) == part.getDouble(3)) {
        throw new AssayException(
            ExitCode.NO_DATA,
            "all "
                + part.getLong(1)
                + (part.getBoolean(0) ? " examples held back" : " examples to learn from")
                + " of model "
                + parameters.model()
                + " have "
                + part.getDouble(2)
                + " in '"
                + parameters.text("label")
                + "', and both are needed; it is trained on the first day that has them");
      }
    }
  }

  /** The mean label of those to learn from. */
  double mean() {
    return mean;
  }

  /** All of them. */
  Dataset<Row> all() {
    return rows;
  }

  /** Those to learn from. */
  Dataset<Row> learnedFrom() {
    return rows.where(not(col(HELD_OUT)));
  }

  /** How many folds learners are chosen by: all of conf's, or one of five. */
  int folds() {
    return Math.max(1, parameters.integer("folds", 0));
  }

  /** Those to learn from but for a fold of them. */
  Dataset<Row> without(int fold) {
    return learnedFrom().where(not(isIn(fold)));
  }

  /** A fold of those to learn from. */
  Dataset<Row> fold(int fold) {
    return learnedFrom().where(isIn(fold));
  }

  private Column isIn(int fold) {
    int folds = parameters.integer("folds", 0);
    return col(FOLD).mod(folds == 0 ? LEAST_PARTS : folds).equalTo(fold);
  }

  /** Those held back. */
  Dataset<Row> heldOut() {
    return rows.where(col(HELD_OUT));
  }

  /**
   * Those by which it is told whether rows are as they were: the newest, where the query holds back
   * by time, since a spoiled day is little in a window of many.
   */
  Dataset<Row> watched() {
    return isByTime ? heldOut() : rows;
  }

  /** The columns that tell rows apart. */
  Column[] key() {
    return parameters.texts("key").stream()
        .map(org.apache.spark.sql.functions::col)
        .toArray(Column[]::new);
  }

  @Override
  public void close() {
    rows.unpersist();
  }
}
