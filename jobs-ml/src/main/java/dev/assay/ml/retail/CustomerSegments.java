package dev.assay.ml.retail;

import dev.assay.config.ModelConfig;
import dev.assay.job.StageRun;
import dev.assay.ml.Model;
import dev.assay.store.LakeStore;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Customers clustered by recency, frequency and monetary value.
 *
 * <p>Trained weekly: a day uses the model of its ISO week that was trained on a day before it;
 * where there is none, it trains. So no day is ever scored by a model of its future, and once all
 * that is stale was made again a week has one model, in whatever order its days were run.
 */
public final class CustomerSegments implements Model {
  private static final String SCORES = "customer_segments";
  private static final String TRAINING = "customer_segments_training";
  private static final String PROFILES = "customer_segments_profiles";

  @Override
  public Map<String, Dataset<Row>> products(StageRun run, LocalDate day, ModelConfig config) {
    Dataset<Row> customers = run.inputs().days("customer_rfm", day, day);
    LakeStore lake =
        new LakeStore(run.config().lake().root(), run.spark().sessionState().newHadoopConf());
    Optional<Row> trained = trainedThisWeek(run, day);
    Map<String, Dataset<Row>> products = new LinkedHashMap<>();
    if (trained.isPresent()) {
      Row model = trained.get();
      PipelineModel pipeline = PipelineModel.load(lake.path(model.getString(1)).toString());
      products.put(
          SCORES,
          SegmentScores.of(pipeline, names(run, model.getDate(2)), model.getString(0), customers));
      return products;
    }
    SegmentTraining training =
        SegmentTraining.train(customers, SegmentTraining.Settings.from(config), day.toString());
    String path =
        "models/" + run.config().pipeline().name() + "/" + config.name() + "/" + training.version();
    training.save(lake, path);
    products.put(TRAINING, training.figures(run.spark(), path));
    products.put(PROFILES, training.profiles(run.spark()));
    products.put(
        SCORES,
        SegmentScores.of(training.pipeline(), training.names(), training.version(), customers));
    return products;
  }

  /** The version, path and date of the first model of the week before the day, if there is one. */
  private static Optional<Row> trainedThisWeek(StageRun run, LocalDate day) {
    LocalDate monday = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    if (!run.inputs().has(TRAINING) || monday.equals(day)) {
      return Optional.empty();
    }
    List<Row> models =
        run.inputs()
            .days(TRAINING, monday, day.minusDays(1))
            .where("chosen")
            .orderBy("as_of")
            .select("model_version", "model_path", "as_of")
            .limit(1)
            .collectAsList();
    return models.stream().findFirst();
  }

  private static Map<Integer, String> names(StageRun run, java.sql.Date trainedOn) {
    LocalDate trained = trainedOn.toLocalDate();
    Map<Integer, String> names = new LinkedHashMap<>();
    run.inputs()
        .days(PROFILES, trained, trained)
        .select("cluster", "segment")
        .collectAsList()
        .forEach(row -> names.put(row.getInt(0), row.getString(1)));
    return names;
  }

  @Override
  public String version() {
    return "1";
  }
}
