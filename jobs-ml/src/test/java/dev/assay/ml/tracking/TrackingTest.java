package dev.assay.ml.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.assay.config.TrackingConfig;
import dev.assay.model.Metric;
import dev.assay.model.ModelRecord;
import dev.assay.testing.TestModels;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlflow.api.proto.Service.Run;
import org.mlflow.api.proto.Service.RunStatus;
import org.mlflow.api.proto.Service.ViewType;
import org.mlflow.tracking.MlflowClient;

/** What a real server knows of a training. */
class TrackingTest {
  private static final LocalDate DAY = LocalDate.of(2020, 1, 6);

  @TempDir private Path folder;

  @Test
  void aTrainingIsARunWithItsFiguresAndARegisteredVersionToldByWhomTheEnvironmentNames()
      throws Exception {
    try (MlflowServer server = MlflowServer.start(folder);
        Listening listening = Listening.before(server.uri());
        MlflowClient client = new MlflowClient(server.uri())) {
      Tracking tracking = new Tracking(new TrackingConfig(server.uri()));

      tracking.tell(
          trained("2020-01-06-a"), TestModels.decision(DAY, "2020-01-06-a", "2020-01-06-a"));
      new Tracking(
              new TrackingConfig(listening.uri()),
              Map.of("MLFLOW_TRACKING_USERNAME", "ann", "MLFLOW_TRACKING_PASSWORD", "secret"))
          .tell(trained("2020-01-13-b"), TestModels.decision(DAY, "2020-01-06-a", "2020-01-13-b"));

      assertThat(listening.asked())
          .anyMatch(one -> one.path().equals("/health"))
          .anyMatch(one -> one.method().equals("PUT"))
          .anyMatch(one -> one.path().endsWith("/model-versions/create"))
          .allMatch(one -> one.authorization().equals("Basic YW5uOnNlY3JldA=="));

      String experiment = client.getExperimentByName("test.model").orElseThrow().getExperimentId();
      List<Run> runs =
          client
              .searchRuns(
                  List.of(experiment),
                  "tags.mlflow.runName = '2020-01-13-b'",
                  ViewType.ACTIVE_ONLY,
                  10)
              .getItems();
      assertThat(runs).hasSize(1);
      Run run = runs.get(0);
      assertThat(run.getInfo().getStatus()).isEqualTo(RunStatus.FINISHED);
      assertThat(run.getData().getMetricsList())
          .extracting(metric -> metric.getKey() + " " + metric.getValue())
          .containsExactly("als.ndcg_at_10 0.25");
      assertThat(run.getData().getTagsList())
          .anyMatch(
              tag ->
                  tag.getKey().equals("assay.champion") && tag.getValue().equals("2020-01-06-a"));
      String artifact = run.getInfo().getArtifactUri().substring("mlflow-artifacts:/".length());
      assertThat(
              server.get("/api/2.0/mlflow-artifacts/artifacts/" + artifact + "/model/record.json"))
          .contains("\"version\":\"2020-01-13-b\"");
      assertThat(client.getModelVersion("test.model", "2").getRunId())
          .isEqualTo(run.getInfo().getRunId());
    }
  }

  @Test
  void aServerThatDoesNotAnswerKeepsNothingFromBeingTrained() {
    assertThatCode(
            () ->
                new Tracking(new TrackingConfig("http://127.0.0.1:1"))
                    .tell(trained("2020-01-06-a"), TestModels.decision(DAY, null, "2020-01-06-a")))
        .doesNotThrowAnyException();
    assertThatCode(
            () ->
                new Tracking(new TrackingConfig(null))
                    .tell(trained("2020-01-06-a"), TestModels.decision(DAY, null, "2020-01-06-a")))
        .doesNotThrowAnyException();
  }

  private static ModelRecord trained(String version) {
    ModelRecord plain = TestModels.record("test", "model", version, DAY, new TreeMap<>());
    return new ModelRecord(
        plain.pipeline(),
        plain.model(),
        plain.version(),
        plain.asOf(),
        plain.path(),
        plain.inputs(),
        plain.code(),
        plain.className(),
        plain.classVersion(),
        plain.parameters(),
        plain.seed(),
        plain.trainedAt(),
        plain.trainingSeconds(),
        plain.takes(),
        plain.gives(),
        "als",
        List.of(Metric.of("als", "ndcg@10", 0.25)),
        plain.profiles(),
        plain.notes());
  }
}
