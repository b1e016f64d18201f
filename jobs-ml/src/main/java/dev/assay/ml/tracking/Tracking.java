package dev.assay.ml.tracking;

import dev.assay.config.TrackingConfig;
import dev.assay.model.Metric;
import dev.assay.model.ModelRecord;
import dev.assay.model.Promotion;
import dev.assay.store.Json;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mlflow.api.proto.Service.RunInfo;
import org.mlflow.api.proto.Service.RunStatus;
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.MlflowClientException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells an MLflow server of a training: a run of the experiment {@code <pipeline>.<model>} with its
 * parameters, figures, record and evidence, and a version of the registered model of that name.
 * What goes wrong is told in the log, and keeps nothing from being trained.
 */
public final class Tracking {
  private static final Logger LOG = LoggerFactory.getLogger(Tracking.class);
  private static final int MOST_CHARACTERS = 6000;

  private final TrackingConfig config;
  private final Map<String, String> environment;

  /** Tells whoever the environment says one is, as every client of MLflow does. */
  public Tracking(TrackingConfig config) {
    this(config, System.getenv());
  }

  Tracking(TrackingConfig config, Map<String, String> environment) {
    this.config = config;
    this.environment = environment;
  }

  /** Tells of a training and what its gate decided. */
  public void tell(ModelRecord record, Promotion decision) {
    String address = config.mlflow();
    if (address == null) {
      return;
    }
    Server server = new Server(address, environment);
    try {
      server.requireAnswer();
      try (MlflowClient client = new MlflowClient(server.credentials())) {
        told(client, server, record, decision);
      }
    } catch (IOException | RuntimeException e) {
      warn(record, address, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      warn(record, address, "the run was interrupted");
      Thread.currentThread().interrupt();
    }
  }

  private static void warn(ModelRecord record, String address, String why) {
    LOG.warn(
        "version {} of {}.{} is trained, but MLflow at {} was not told of it: {}",
        record.version(),
        record.pipeline(),
        record.model(),
        address,
        why);
  }

  private static void told(
      MlflowClient client, Server server, ModelRecord record, Promotion decision)
      throws IOException, InterruptedException {
    String name = record.pipeline() + "." + record.model();
    RunInfo run = client.createRun(experiment(client, name));
    try {
      tell(client, server, run, record, decision);
      client.setTerminated(run.getRunId(), RunStatus.FINISHED);
    } catch (IOException | InterruptedException | RuntimeException e) {
      terminate(client, run, e);
      throw e;
    }
  }

  private static void terminate(MlflowClient client, RunInfo run, Exception why) {
    try {
      client.setTerminated(run.getRunId(), RunStatus.FAILED);
    } catch (RuntimeException alsoThrown) {
      why.addSuppressed(alsoThrown);
    }
  }

  private static void tell(
      MlflowClient client, Server server, RunInfo run, ModelRecord record, Promotion decision)
      throws IOException, InterruptedException {
    String id = run.getRunId();
    client.setTag(id, "mlflow.runName", record.version());
    client.setTag(id, "assay.path", record.path());
    client.setTag(id, "assay.code", record.code());
    client.setTag(id, "assay.champion", String.valueOf(decision.champion()));
    client.setTag(id, "assay.decision", decision.why());
    client.logParam(id, "seed", Long.toString(record.seed()));
    client.logParam(id, "learner", record.learner());
    client.logParam(id, "parameters", shortened(record.parameters()));
    record
        .inputs()
        .forEach(
            (table, input) ->
                client.logParam(id, "input." + table, Long.toString(input.version())));
    for (Metric metric : record.metrics()) {
      client.logMetric(id, key(metric), metric.value());
    }
    server.put(run, "model/record.json", Json.bytes(record));
    server.put(run, "model/decision.json", Json.bytes(decision));
    register(client, record.pipeline() + "." + record.model(), run);
  }

  private static String experiment(MlflowClient client, String name) {
    Optional<String> known = client.getExperimentByName(name).map(one -> one.getExperimentId());
    if (known.isPresent()) {
      return known.get();
    }
    try {
      return client.createExperiment(name);
    } catch (MlflowClientException raced) {
      return client.getExperimentByName(name).orElseThrow(() -> raced).getExperimentId();
    }
  }

  private static void register(MlflowClient client, String name, RunInfo run) {
    try {
      client.sendPost("registered-models/create", json(Map.of("name", name)));
    } catch (MlflowClientException isThere) {
      LOG.debug("{} is registered", name, isThere);
    }
    client.sendPost(
        "model-versions/create",
        json(
            Map.of(
                "name",
                name,
                "run_id",
                run.getRunId(),
                "source",
                run.getArtifactUri() + "/model")));
  }

  private static String json(Object value) {
    return new String(Json.bytes(value), java.nio.charset.StandardCharsets.UTF_8);
  }

  /** MLflow's names have no {@code @} and no {@code =}. */
  private static String key(Metric metric) {
    return (metric.learner() + "." + metric.metric())
        .toLowerCase(Locale.ROOT)
        .replace("@", "_at_")
        .replaceAll("[^a-z0-9_.-]+", "_");
  }

  private static String shortened(String text) {
    return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS);
  }
}
