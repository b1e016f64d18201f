package dev.assay.cli;

import com.typesafe.config.Config;
import dev.assay.config.AssayConfig;
import dev.assay.config.Derivation;
import dev.assay.config.StageSize;
import dev.assay.config.TableContract;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.job.ConfigOptions;
import dev.assay.ledger.LakeLayout;
import dev.assay.release.Release;
import dev.assay.release.ReleaseLog;
import dev.assay.session.SparkSessions;
import dev.assay.store.Json;
import dev.assay.store.LakeStore;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code assay uniques}: distinct users of a window, from stored sketches; starts Spark where these
 * do not answer, and users are counted.
 */
@Command(
    name = "uniques",
    mixinStandardHelpOptions = true,
    description = {
      "Says how many distinct users there were, and how sure that is: by unions of sketches",
      "where the dimension is stored, else by an exact recount, which says so."
    })
final class UniquesCommand implements Callable<Integer> {
  private static final String SKETCHES = "visitor_sketches";
  private static final int MOST_CACHED = 200;

  @Option(
      names = "--dataset",
      required = true,
      paramLabel = "P",
      description = "the pipeline, as web")
  private String dataset = "";

  @Option(
      names = "--dimension",
      paramLabel = "D",
      defaultValue = "total",
      description = "as device_type, or device_type+channel; default: ${DEFAULT-VALUE}")
  private String dimension = "total";

  @Option(
      names = "--value",
      paramLabel = "V",
      description = "as mobile, or mobile+email; every value where it is absent")
  private @Nullable String value;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "T",
      description = "the first day or hour, as 2026-01-01 or 2026-01-01T05")
  private String from = "";

  @Option(
      names = "--to",
      required = true,
      paramLabel = "T",
      description = "the last day or hour, which belongs to it")
  private String to = "";

  @Mixin private AnswerFormat format = new AnswerFormat();

  @Mixin private ConfigOptions options = new ConfigOptions();

  /** An answer for machines. */
  private record Said(
      long release,
      String from,
      String until,
      List<UniquesAnswer> answers,
      boolean wasCached,
      UniquesCache.Figures cache,
      double hitRate) {}

  @Override
  public Integer call() {
    AssayConfig config = options.load(dataset);
    UniquesWindow window = UniquesWindow.of(from, to);
    int precision = precision(config, window);
    LakeStore lake = LakeStore.of(config);
    LakeLayout.understand(lake);
    Release release = published(lake);
    UniquesQuestion question =
        new UniquesQuestion(release.number(), dimension, value, window, precision);
    UniquesCache.Known known =
        new UniquesCache(lake, dataset, MOST_CACHED)
            .answers(
                question.key(),
                () ->
                    new Uniques(
                            StoredSketches.of(
                                lake, config.pipeline().table(SKETCHES), release, window),
                            (asked, why) -> recounted(config, asked, why))
                        .answers(question));
    say(question, known);
    return ExitCode.DONE.code();
  }

  private int precision(AssayConfig config, UniquesWindow window) {
    TableContract contract = config.pipeline().tables().get(SKETCHES);
    if (contract == null
        || !(contract.derivation() instanceof Derivation.Computed computed)
        || !computed.parameters().hasPath("precision-levels")) {
      throw new AssayException(
          ExitCode.USAGE, dataset + " has no table " + SKETCHES + "; name a pipeline that has one");
    }
    Config levels = computed.parameters().getConfig("precision-levels");
    return levels.getInt(window.level().id());
  }

  private Release published(LakeStore lake) {
    return new ReleaseLog(lake, dataset)
        .latest()
        .filter(release -> release.tables().containsKey(SKETCHES))
        .orElseThrow(
            () ->
                new AssayException(
                    ExitCode.INPUT_MISSING,
                    dataset
                        + "."
                        + SKETCHES
                        + " was never published; run assay run --pipeline "
                        + dataset
                        + " --date D"));
  }

  /** Counts in a session that is there as long as it counts, and only if something is counted. */
  private static List<UniquesAnswer> recounted(
      AssayConfig config, UniquesQuestion question, String why) {
    Map<String, String> pinned =
        Map.of("spark.sql.catalog.assay.release", Long.toString(question.release()));
    SparkSession spark = SparkSessions.start(config, StageSize.SMALL, "assay uniques", pinned);
    try {
      String pipeline = config.pipeline().name();
      return new CountedUniques(
              spark.table(pipeline + ".web_events"), spark.table(pipeline + ".touchpoints"))
          .answers(question, why);
    } finally {
      spark.stop();
    }
  }

  private void say(UniquesQuestion question, UniquesCache.Known known) {
    if (format.get() == Output.Format.JSON) {
      Output.out()
          .println(
              Json.pretty(
                  new Said(
                      question.release(),
                      question.window().from().toString(),
                      question.window().until().toString(),
                      known.answers(),
                      known.wasKnown(),
                      known.figures(),
                      known.figures().hitRate())));
      return;
    }
    Output.say(format.get(), known.answers(), UniquesAnswer.HEADS, UniquesAnswer::cells);
    if (format.isTable()) {
      Output.out()
          .println(
              String.format(
                  Locale.ROOT,
                  "(release %d%s; cache: %d hits, %d misses, %d evictions, hit rate %.2f)",
                  question.release(),
                  known.wasKnown() ? ", from the cache" : "",
                  known.figures().hits(),
                  known.figures().misses(),
                  known.figures().evictions(),
                  known.figures().hitRate()));
    }
  }
}
