package dev.assay.ml.supervised;

import dev.assay.ml.Parameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.MinMaxScaler;
import org.apache.spark.ml.feature.OneHotEncoder;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * How columns become a vector, as stages of Spark ML that learn from the rows they are fitted on
 * and no others: what follows from labels of held-out rows would tell their answer.
 *
 * @param numbers columns taken as they are
 * @param categories columns of few values: an index for trees, a bit a value for linear learners
 * @param means features that are the mean label of the rows with a column's value, by their names,
 *     drawn to the mean of all by {@code smoothing} rows' weight
 * @param counts features that are how many rows have a column's value, by their names
 */
record Features(
    List<String> numbers,
    List<String> categories,
    Map<String, String> means,
    Map<String, String> counts,
    double smoothing,
    boolean isScaled,
    double selection) {
  static final String VECTOR = "features";

  /** The vector before it is scaled, whose elements have names. */
  static final String NAMED = "_named";

  private static final String ASSEMBLED = "_assembled";
  private static final String INDEX = "_index_";
  private static final String BITS = "_bits_";

  static Features of(Parameters parameters) {
    return new Features(
        parameters.texts("numbers"),
        parameters.texts("categories"),
        named(parameters.block("means")),
        named(parameters.block("counts")),
        parameters.number("smoothing", 0),
        parameters.word("scale", "none", "min-max").equals("min-max"),
        parameters.number("select-p-value", 1));
  }

  private static Map<String, String> named(Parameters block) {
    Map<String, String> named = new LinkedHashMap<>();
    block.names().forEach(name -> named.put(name, block.text(name)));
    return named;
  }

  /** The columns that are read, with their types in some rows, as DDL. */
  String takes(StructType rows) {
    Set<String> read = columns();
    return new StructType(
            Arrays.stream(rows.fields())
                .filter(field -> read.contains(field.name()))
                .map(
                    field ->
                        new StructField(field.name(), field.dataType(), true, field.metadata()))
                .toArray(StructField[]::new))
        .toDDL();
  }

  boolean isEmpty() {
    return columns().isEmpty();
  }

  /** The columns that are read. */
  Set<String> columns() {
    Set<String> columns = new LinkedHashSet<>(numbers);
    columns.addAll(categories);
    columns.addAll(means.values());
    columns.addAll(counts.values());
    return columns;
  }

  /** The columns whose spread is watched: not those of so many values that each is rare. */
  List<String> watched() {
    List<String> watched = new ArrayList<>(numbers);
    watched.addAll(categories);
    return watched;
  }

  /** Whether some are learned from the rows, before the stages: {@link Encodings}. */
  boolean isEncoding() {
    return !means.isEmpty() || !counts.isEmpty();
  }

  /**
   * The stages.
   *
   * @param isLinear whether the learner weighs numbers, so that a category is a bit a value
   */
  List<PipelineStage> stages(boolean isLinear) {
    List<PipelineStage> stages = new ArrayList<>();
    if (!categories.isEmpty()) {
      stages.add(
          new StringIndexer()
              .setInputCols(categories.toArray(String[]::new))
              .setOutputCols(prefixed(INDEX, categories))
              .setStringOrderType("alphabetAsc")
              .setHandleInvalid("keep"));
    }
    if (isLinear && !categories.isEmpty()) {
      stages.add(
          new OneHotEncoder()
              .setInputCols(prefixed(INDEX, categories))
              .setOutputCols(prefixed(BITS, categories))
              .setHandleInvalid("keep"));
    }
    stages.addAll(vector(isLinear));
    return stages;
  }

  private List<PipelineStage> vector(boolean isLinear) {
    List<PipelineStage> stages = new ArrayList<>();
    List<String> parts = new ArrayList<>(numbers);
    parts.addAll(means.keySet());
    parts.addAll(counts.keySet());
    parts.addAll(Arrays.asList(prefixed(isLinear ? BITS : INDEX, categories)));
    boolean isSelected = selection < 1;
    stages.add(
        new VectorAssembler()
            .setInputCols(parts.toArray(String[]::new))
            .setOutputCol(isSelected ? ASSEMBLED : NAMED));
    if (isSelected) {
      stages.add(new Selection(selection, ASSEMBLED, NAMED));
    }
    stages.add(
        isScaled
            ? new MinMaxScaler().setInputCol(NAMED).setOutputCol(VECTOR)
            : new VectorAssembler().setInputCols(new String[] {NAMED}).setOutputCol(VECTOR));
    return stages;
  }

  private static String[] prefixed(String prefix, java.util.Collection<String> columns) {
    return columns.stream().map(column -> prefix + column).toArray(String[]::new);
  }

  /** The column that an element is of, as people know it. */
  static String plain(String element) {
    return element.replace(BITS, "").replace(INDEX, "");
  }
}
