package dev.assay.cli;

import dev.assay.config.AssayConfig;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.job.ConfigOptions;
import dev.assay.ledger.LakeLayout;
import dev.assay.model.ModelStore;
import dev.assay.model.PromotionLog;
import dev.assay.store.LakeStore;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every command about models is told: of which pipeline, whose conf it loads once. */
final class ModelOptions {
  @Option(names = "--pipeline", required = true, paramLabel = "P", description = "the pipeline")
  private String pipeline = "";

  @Mixin private AnswerFormat format = new AnswerFormat();

  @Mixin private ConfigOptions conf = new ConfigOptions();

  private @Nullable Opened opened;

  /** The model of a command about one. */
  static final class Named {
    @Option(names = "--model", required = true, paramLabel = "M", description = "the model")
    private String name = "";
  }

  private record Opened(AssayConfig config, LakeStore lake) {}

  String pipeline() {
    return pipeline;
  }

  AnswerFormat format() {
    return format;
  }

  /**
   * A model that conf declares, or that was trained when it did.
   *
   * @throws AssayException with USAGE if there is none of that name
   */
  String known(String model) {
    SortedSet<String> models = new TreeSet<>(opened().config().pipeline().models().keySet());
    models.addAll(store().models());
    if (!models.contains(model)) {
      throw new AssayException(
          ExitCode.USAGE, pipeline + " has no model '" + model + "'; it has " + models);
    }
    return model;
  }

  /** The same of the model that a command names. */
  String known(Named model) {
    return known(model.name);
  }

  /** The versions of the pipeline's models. */
  ModelStore store() {
    return new ModelStore(opened().lake(), pipeline);
  }

  /** What was decided of a model. */
  PromotionLog log(String model) {
    return new PromotionLog(opened().lake(), pipeline, model);
  }

  private Opened opened() {
    Opened known = opened;
    if (known == null) {
      AssayConfig config = conf.load(pipeline);
      LakeStore lake = LakeStore.of(config);
      LakeLayout.understand(lake);
      known = new Opened(config, lake);
      opened = known;
    }
    return known;
  }
}
