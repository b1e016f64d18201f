package dev.assay.ml.supervised;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.concurrent.Concurrently;
import dev.assay.config.AssayConfig;
import dev.assay.job.StageRun;
import dev.assay.ml.ModelDay;
import dev.assay.ml.Parameters;
import dev.assay.testing.FakeInputs;
import dev.assay.testing.SharedData;
import dev.assay.testing.TestSpark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The learners of house prices by cross-validation on ten shuffled folds of all real houses, beside
 * those of scikit-learn on the same features and the same folds.
 */
class FoldsTest {
  private static final SparkSession SPARK = TestSpark.session();
  private static final int FOLDS = 10;

  @TempDir private Path folder;

  @Test
  void theLearnersAreAsGoodAsThoseOfScikitLearn() throws Exception {
    assertAsGood(List.of(1));
  }

  @Tag("soak")
  @Test
  void theLearnersAreAsGoodWhateverTheFolds() throws Exception {
    assertAsGood(List.of(1, 2, 3, 4, 5));
  }

  private void assertAsGood(List<Integer> seeds) throws IOException, InterruptedException {
    Map<String, List<Double>> ours = new TreeMap<>();
    Map<String, List<Double>> theirs = new TreeMap<>();
    for (int seed : seeds) {
      ours(seed)
          .forEach((name, rmse) -> ours.computeIfAbsent(name, n -> new ArrayList<>()).add(rmse));
      theirs(seed)
          .forEach((name, rmse) -> theirs.computeIfAbsent(name, n -> new ArrayList<>()).add(rmse));
    }
    ours.forEach((name, all) -> System.out.println("Assay " + name + " " + told(all)));
    theirs.forEach((name, all) -> System.out.println("scikit-learn " + name + " " + told(all)));

    double best = ours.values().stream().mapToDouble(FoldsTest::mean).min().orElseThrow();
    double bestOfTheirs = theirs.values().stream().mapToDouble(FoldsTest::mean).min().orElseThrow();
    assertThat(best).isLessThanOrEqualTo(1.02 * bestOfTheirs);
    assertThat(ours).containsOnlyKeys("linear", "forest", "boosting");
    // Predicting the mean is 13.6 off.
    assertThat(ours.values()).allSatisfy(all -> assertThat(mean(all)).isLessThan(9));
  }

  /** The mean RMSE of the folds, by learner; the folds are written down for the other. */
  private Map<String, Double> ours(int seed) throws IOException {
    AssayConfig config = SharedData.config("housing", Map.of("lake", folder.toString()));
    ModelDay day =
        new ModelDay(
            new StageRun(
                "run",
                SPARK,
                config,
                new FakeInputs().with("valuations", "as_of", Houses.of(Houses.DAY))),
            config.pipeline().model("house_price"),
            Houses.DAY);
    Parameters parameters = day.parameters();
    Features features = Features.of(parameters);
    List<Row> houses =
        day.examples()
            .orderBy(org.apache.spark.sql.functions.expr("xxhash64(valuation_no, " + seed + ")"))
            .collectAsList();
    List<String> columns = new ArrayList<>(parameters.texts("numbers"));
    columns.add(parameters.text("label"));
    StringBuilder csv = new StringBuilder(String.join(",", columns)).append(",fold\n");
    List<Row> folded = new ArrayList<>();
    for (int i = 0; i < houses.size(); i++) {
      Row house = houses.get(i);
      for (String column : columns) {
        csv.append(house.<Double>getAs(column)).append(',');
      }
      csv.append(i % FOLDS).append('\n');
      Object[] values = new Object[house.size() + 2];
      for (int j = 0; j < house.size(); j++) {
        values[j] = house.get(j);
      }
      values[house.size()] = house.<Double>getAs("price");
      values[house.size() + 1] = i % FOLDS;
      folded.add(org.apache.spark.sql.RowFactory.create(values));
    }
    Files.writeString(folder.resolve("houses.csv"), csv);
    Dataset<Row> all =
        SPARK
            .createDataFrame(
                folded, day.examples().schema().add(Examples.LABEL, "double").add("fold", "int"))
            .coalesce(1)
            .cache();
    List<Prepared> without =
        IntStream.range(0, FOLDS)
            .mapToObj(fold -> new Prepared(features, all.where("fold <> " + fold)))
            .toList();
    Map<String, Double> rmse = new LinkedHashMap<>();
    for (Learner learner :
        Learner.of(
            parameters.block("learners"), Target.VALUE, features, parameters.integer("seed"))) {
      rmse.put(
          learner.name(),
          Concurrently.map(
                  IntStream.range(0, FOLDS).boxed().toList(),
                  4,
                  fold -> rmse(learner, without.get(fold), all.where("fold = " + fold)))
              .stream()
              .mapToDouble(Double::doubleValue)
              .average()
              .orElseThrow());
    }
    all.unpersist();
    return rmse;
  }

  private static double rmse(Learner learner, Prepared without, Dataset<Row> fold) {
    SparkSession.setActiveSession(SPARK);
    PipelineModel model = learner.fit(without);
    Said said =
        Said.of(
            model,
            fold,
            Target.VALUE,
            new org.apache.spark.sql.Column[] {org.apache.spark.sql.functions.col("valuation_no")});
    return Math.sqrt(
        Arrays.stream(Target.VALUE.losses(said.labels(), said.said())).average().orElseThrow());
  }

  private Map<String, Double> theirs(int seed) throws IOException, InterruptedException {
    Path python = Path.of(System.getProperty("assay.home")).resolve(".runtime/mlflow/bin/python");
    boolean there = Files.isExecutable(python);
    if ("true".equals(System.getenv("CI"))) {
      assertThat(there).as("infra/mlflow/provide.sh must have run in CI").isTrue();
    }
    assumeTrue(there, "infra/mlflow/provide.sh has not run");
    Process process =
        new ProcessBuilder(
                python.toString(),
                "src/test/python/houses.py",
                folder.resolve("houses.csv").toString(),
                Integer.toString(seed))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    Map<String, Double> rmse = new LinkedHashMap<>();
    said.lines()
        .map(line -> line.split(" "))
        .forEach(words -> rmse.put(words[0], Double.valueOf(words[1])));
    return rmse;
  }

  private static double mean(List<Double> all) {
    return all.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  private static String told(List<Double> all) {
    return String.format(
        Locale.ROOT,
        "%.3f (%.3f to %.3f)",
        mean(all),
        all.stream().mapToDouble(Double::doubleValue).min().orElseThrow(),
        all.stream().mapToDouble(Double::doubleValue).max().orElseThrow());
  }
}
