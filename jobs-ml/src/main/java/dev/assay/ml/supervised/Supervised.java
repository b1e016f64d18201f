package dev.assay.ml.supervised;

import static org.apache.spark.sql.functions.col;

import dev.assay.concurrent.Concurrently;
import dev.assay.ml.Learned;
import dev.assay.ml.ModelDay;
import dev.assay.ml.Parameters;
import dev.assay.ml.SavedModel;
import dev.assay.ml.evaluation.Classifications;
import dev.assay.ml.evaluation.MetricsTable;
import dev.assay.model.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Learns what examples were by several learners, and takes the best: by its loss on parts of the
 * rows to learn from, as cross-validation or on one part, never on those held back, on which all
 * are measured. The best then learns from all rows to learn from.
 *
 * @param target what is learned
 */
record Supervised(Target target) {
  private static final int FITS_AT_ONCE = 2;
  private static final StructType IMPORTANCES =
      StructType.fromDDL("learner string, feature string, importance double");
  private static final StructType CALIBRATION =
      StructType.fromDDL("bin int, rows bigint, predicted double, observed double");

  /** A learner that learned, and what it says of the rows held back. */
  private record Fitted(Learner learner, Trained trained, Said heldOut, List<Metric> metrics) {}

  /** What a learner gave, and of which rows. */
  private record Trained(PipelineModel model, Prepared rows) {
    static Trained of(Learner learner, Prepared rows) {
      return new Trained(learner.fit(rows), rows);
    }
  }

  void read(Parameters parameters) {
    int seed = parameters.integer("seed");
    Examples.read(parameters);
    Features features = Features.of(parameters);
    if (features.isEmpty()) {
      throw parameters.wrong("it has no features; give numbers, categories, means or counts");
    }
    if (Learner.of(parameters.block("learners"), target, features, seed).isEmpty()) {
      throw parameters.wrong(
          "learners", "has none that is enabled; there are " + target.learners());
    }
    Learner.of(parameters.block("baselines"), target, features, seed);
  }

  Learned learn(ModelDay day) {
    Parameters parameters = day.parameters();
    Features features = Features.of(parameters);
    int seed = parameters.integer("seed");
    Examples examples = Examples.of(day.examples(), features, target, parameters);
    try {
      List<Learner> learners = Learner.of(parameters.block("learners"), target, features, seed);
      List<Learner> baselines = Learner.of(parameters.block("baselines"), target, features, seed);
      List<Validation> validated = validated(learners, features, examples, parameters);
      int best = best(validated);
      Prepared all = new Prepared(features, examples.learnedFrom());
      List<Fitted> fitted = fitted(learners, validated, best, all, examples, seed);
      List<Fitted> others = fitted(baselines, none(baselines), 0, all, examples, seed);
      return learned(day, examples, features, fitted, others, fitted.get(best));
    } catch (RuntimeException failed) {
      examples.close();
      throw failed;
    }
  }

  Map<String, Dataset<Row>> apply(SavedModel saved, ModelDay day) {
    Dataset<Row> transformed = saved.pipeline().transform(day.subjects());
    List<Column> columns = new ArrayList<>();
    day.parameters().texts("key").forEach(key -> columns.add(col(key)));
    columns.add(target.said(transformed).as(target.output()));
    return Map.of("", transformed.select(columns.toArray(Column[]::new)));
  }

  /**
   * What a learner said of rows that it did not learn from, part by part.
   *
   * @param said all that it said; null if it was not asked
   * @param models those that said it, without a part of the rows each
   */
  private record Validation(@Nullable Said said, double meanLoss, List<Trained> models) {
    static final Validation NONE = new Validation(null, 0, List.of());
  }

  private static List<Validation> none(List<Learner> learners) {
    return Collections.nCopies(learners.size(), Validation.NONE);
  }

  private List<Validation> validated(
      List<Learner> learners, Features features, Examples examples, Parameters parameters) {
    int folds = parameters.integer("folds", 0);
    if (learners.size() == 1 && folds == 0) {
      return none(learners);
    }
    int parts = examples.folds();
    List<Prepared> without =
        IntStream.range(0, parts)
            .mapToObj(part -> new Prepared(features, examples.without(part)))
            .toList();
    List<int[]> fits = new ArrayList<>();
    for (int learner = 0; learner < learners.size(); learner++) {
      for (int part = 0; part < parts; part++) {
        fits.add(new int[] {learner, part});
      }
    }
    List<Map.Entry<Trained, Said>> all =
        Concurrently.map(
            fits,
            FITS_AT_ONCE,
            fit -> {
              SparkSession.setActiveSession(examples.all().sparkSession());
              Trained trained = Trained.of(learners.get(fit[0]), without.get(fit[1]));
              return Map.entry(
                  trained, Said.of(trained.model(), examples.fold(fit[1]), target, examples.key()));
            });
    List<Validation> validated = new ArrayList<>();
    for (int learner = 0; learner < learners.size(); learner++) {
      List<Map.Entry<Trained, Said>> own = all.subList(learner * parts, (learner + 1) * parts);
      Said said = own.stream().map(Map.Entry::getValue).reduce(Said::and).orElseThrow();
      double loss =
          Arrays.stream(target.losses(said.labels(), said.said())).average().orElseThrow();
      validated.add(new Validation(said, loss, own.stream().map(Map.Entry::getKey).toList()));
    }
    return validated;
  }

  private List<Fitted> fitted(
      List<Learner> learners,
      List<Validation> validated,
      int best,
      Prepared all,
      Examples examples,
      int seed) {
    return Concurrently.map(
        IntStream.range(0, learners.size()).boxed().toList(),
        FITS_AT_ONCE,
        i -> {
          SparkSession.setActiveSession(examples.all().sparkSession());
          Learner learner = learners.get(i);
          List<Metric> metrics = new ArrayList<>();
          Validation validation = validated.get(i);
          // Of what is not the best, what learned without one part will do to be measured.
          Trained trained =
              i != best && validation.models().size() == 1
                  ? validation.models().get(0)
                  : Trained.of(learner, all);
          Said heldOut = Said.of(trained.model(), examples.heldOut(), target, examples.key());
          metrics.addAll(target.metrics(learner.name(), heldOut.labels(), heldOut.said(), seed));
          Said said = validation.said();
          if (said != null) {
            target
                .metrics(learner.name(), said.labels(), said.said(), seed)
                .forEach(
                    metric ->
                        metrics.add(
                            new Metric(
                                metric.learner(),
                                "cv_" + metric.metric(),
                                metric.value(),
                                metric.low(),
                                metric.high())));
          }
          return new Fitted(learner, trained, heldOut, metrics);
        });
  }

  private static int best(List<Validation> validated) {
    return IntStream.range(0, validated.size())
        .boxed()
        .min(Comparator.comparingDouble(i -> validated.get(i).meanLoss()))
        .orElseThrow(() -> new IllegalStateException("conf names no learner"));
  }

  private Learned learned(
      ModelDay day,
      Examples examples,
      Features features,
      List<Fitted> fitted,
      List<Fitted> others,
      Fitted chosen) {
    int seed = day.parameters().integer("seed");
    Said constant = chosen.heldOut().always(examples.mean());
    List<Metric> metrics = new ArrayList<>();
    fitted.forEach(one -> metrics.addAll(one.metrics()));
    others.forEach(one -> metrics.addAll(one.metrics()));
    metrics.addAll(target.metrics(target.baseline(), constant.labels(), constant.said(), seed));
    List<Said> baselines = new ArrayList<>(List.of(constant));
    others.forEach(one -> baselines.add(one.heldOut()));
    double[] baseline =
        baselines.stream()
            .map(said -> target.losses(said.labels(), said.said()))
            .min(Comparator.comparingDouble(losses -> Arrays.stream(losses).sum()))
            .orElseThrow();
    Map<String, Dataset<Row>> tables = new LinkedHashMap<>();
    tables.put("training", MetricsTable.of(day.spark(), metrics, chosen.learner().name()));
    tables.put("importances", importances(day.spark(), fitted));
    if (target == Target.YES_OR_NO) {
      tables.put("calibration", calibration(day.spark(), chosen.heldOut()));
    }
    return new Learned(
        chosen.trained().model(),
        chosen.learner().name(),
        features.takes(examples.all().schema()),
        target.output() + " DOUBLE",
        metrics,
        chosen.learner().found(chosen.trained().model()),
        tables,
        new HeldOut(target, examples, features, chosen.heldOut(), baseline));
  }

  private static Dataset<Row> importances(SparkSession spark, List<Fitted> fitted) {
    List<Row> rows = new ArrayList<>();
    for (Fitted one : fitted) {
      Importances.of(one.trained().model(), one.trained().rows())
          .forEach(
              (feature, importance) ->
                  rows.add(RowFactory.create(one.learner().name(), feature, importance)));
    }
    return spark.createDataFrame(rows, IMPORTANCES);
  }

  private static Dataset<Row> calibration(SparkSession spark, Said heldOut) {
    List<Row> rows = new ArrayList<>();
    for (Classifications.CalibrationBin bin :
        Classifications.calibration(heldOut.labels(), heldOut.said())) {
      rows.add(RowFactory.create(bin.bin(), bin.rows(), bin.predicted(), bin.observed()));
    }
    return spark.createDataFrame(rows, CALIBRATION);
  }
}
