package dev.assay.testing;

import com.typesafe.config.ConfigFactory;
import dev.assay.config.GateConfig;
import dev.assay.config.ModelConfig;
import dev.assay.model.ModelRecord;
import dev.assay.model.Promotion;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Records of models that nobody trained. */
public final class TestModels {
  private TestModels() {}

  /** A model's conf. */
  public static ModelConfig config(String name, List<String> inputs, List<String> learned) {
    return new ModelConfig(
        name,
        inputs,
        1,
        learned,
        1.0,
        "none",
        null,
        null,
        new GateConfig(0, 0.25, 0, Set.of()),
        ConfigFactory.empty());
  }

  /** A version of a model, trained long ago. */
  public static ModelRecord record(
      String pipeline,
      String model,
      String version,
      LocalDate asOf,
      SortedMap<String, ModelRecord.Input> inputs) {
    return record(pipeline, model, version, asOf, inputs, "saved");
  }

  /** The same, saved at a place of its own. */
  public static ModelRecord record(
      String pipeline,
      String model,
      String version,
      LocalDate asOf,
      SortedMap<String, ModelRecord.Input> inputs,
      String place) {
    return new ModelRecord(
        pipeline,
        model,
        version,
        asOf,
        "models/" + pipeline + "/" + model + "/" + version + "/" + place,
        inputs,
        "code",
        "none",
        "1",
        "{}",
        1,
        Instant.EPOCH,
        1.0,
        "id INT",
        "prediction DOUBLE",
        "none",
        List.of(),
        List.of(),
        new TreeMap<>());
  }

  /** What the training of a day decided. */
  public static Promotion decision(
      LocalDate day, @Nullable String champion, @Nullable String challenger) {
    return new Promotion(
        0, Promotion.Act.TRAINING, day, champion, challenger, Instant.EPOCH, "test", null);
  }
}
