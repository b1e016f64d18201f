package dev.assay.ml;

import static org.apache.spark.sql.functions.lit;

import com.typesafe.config.ConfigRenderOptions;
import dev.assay.config.PipelineConfig;
import dev.assay.config.TableContract;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.ledger.CodeVersion;
import dev.assay.ledger.Hashes;
import dev.assay.ml.tracking.Tracking;
import dev.assay.model.Champions;
import dev.assay.model.Evidence;
import dev.assay.model.ModelRecord;
import dev.assay.model.ModelStore;
import dev.assay.model.Promotion;
import dev.assay.model.PromotionLog;
import dev.assay.store.LakeStore;
import dev.assay.table.Inputs;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a model on a day, whatever it learns: on the first day of a week that is run, and
 * when much more came in, it learns; what it learned is saved, and a gate decides whether it
 * becomes champion. Every day is scored by its champion.
 *
 * <p>A training is named for what it is made from, so that to make a day again gives the same
 * version, the same decision and the same rows, wherever it was interrupted.
 */
final class Lifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);
  private static final String VERSION_COLUMN = "model_version";

  private final Model model;
  private final ModelDay day;
  private final Set<String> wanted;
  private final LakeStore lake;
  private final Saves saves;
  private final Champions champions;

  /**
   * What becomes of a model on a day.
   *
   * @param wanted the names of the tables that are published
   */
  Lifecycle(Model model, ModelDay day, Set<String> wanted) {
    this.model = model;
    this.day = day;
    this.wanted = wanted;
    this.lake =
        new LakeStore(day.run().config().lake().root(), day.spark().sessionState().newHadoopConf());
    this.saves = new Saves(new ModelStore(lake, pipeline().name()));
    this.champions = day.run().inputs().champions(day.config().name());
  }

  /**
   * What a model has for the tables of a day.
   *
   * @param rows by the table's name
   * @param without why others have none
   */
  record Products(Map<String, Dataset<Row>> rows, String without) {}

  Products products() {
    Map<String, Dataset<Row>> rows = new TreeMap<>();
    String noChampion =
        "no version of %s is champion on %s; assay models list tells why"
            .formatted(day.name(), day.day());
    String noMore = "nothing of it is due on this day";
    Optional<String> champion;
    try {
      champion =
          new Trainings(day).isDue() ? learn(rows) : used("a day before it in its week learned");
    } catch (AssayException tooFew) {
      if (tooFew.exitCode() != ExitCode.NO_DATA) {
        throw tooFew;
      }
      // That a day has too little to learn from is no reason not to score what it has.
      noChampion = String.valueOf(tooFew.getMessage());
      noMore = noChampion;
      champion = used(noMore);
    }
    if (champion.isEmpty()) {
      return new Products(rows, noChampion);
    }
    SavedModel saved = load(champion.get());
    new Schemas(saved.record()).require(day.subjects().schema());
    add(rows, model.apply(saved, day), saved.record().version());
    return new Products(rows, noMore);
  }

  /** The champion of a day that does not learn, or not any more: what it had decided is undone. */
  private Optional<String> used(String why) {
    boolean hadLearned =
        champions.training(day.day()).filter(last -> last.challenger() != null).isPresent();
    if (!hadLearned || !champions.isNow()) {
      return champions.before(day.day());
    }
    return new PromotionLog(lake, pipeline().name(), day.config().name())
        .trained(
            new Promotion(
                0, Promotion.Act.TRAINING, day.day(), null, null, Instant.now(), why, null),
            champions);
  }

  /** Learns, saves and decides. */
  private Optional<String> learn(Map<String, Dataset<Row>> rows) {
    String version = version();
    Instant began = Instant.now();
    Learned learned = model.learn(day);
    try (Learned.Trial trial = learned.trial()) {
      // First: what is not published decides nothing.
      add(rows, learned.tables(), version);
      ModelRecord record =
          saves.keep(
              record(version, learned, Duration.between(began, Instant.now())), learned.pipeline());
      return decide(record, trial);
    }
  }

  private Optional<String> decide(ModelRecord challenger, Learned.Trial trial) {
    Optional<String> before = champions.before(day.day());
    boolean isRetired = champions.retired().contains(challenger.version());
    // One that reads other columns cannot be compared: that the conf changed is a new beginning.
    SavedModel champion =
        before
            .map(this::load)
            .filter(one -> new Schemas(one.record()).isReadIn(day.examples().schema()))
            .orElse(null);
    String notCompared =
        before.isPresent() && champion == null
            ? "; the champion before, %s, reads columns that the rows have no more, and was not compared"
                .formatted(before.get())
            : "";
    Evidence evidence =
        new Gate(day.config().gate(), pipeline().start(), day.day())
            .judge(trial, champion, challenger.seed(), isRetired);
    boolean isPromoted = evidence.refusals().isEmpty();
    String next = isPromoted ? challenger.version() : before.orElse(null);
    Promotion decision =
        new Promotion(
            0,
            Promotion.Act.TRAINING,
            day.day(),
            next,
            challenger.version(),
            Instant.now(),
            (isPromoted ? "it passed the gate" : String.join("; ", evidence.refusals()))
                + notCompared,
            evidence);
    if (!isPromoted) {
      LOG.warn("{} is not promoted: {}", challenger.version(), decision.why());
    }
    if (!champions.isNow()) {
      // Made as it was: what a person decided since is no part of it, and nothing new is decided.
      return champions.isByHand(day.day()) ? before : Optional.ofNullable(next);
    }
    Optional<String> now =
        new PromotionLog(lake, pipeline().name(), day.config().name()).trained(decision, champions);
    boolean isToldOf =
        champions
            .training(day.day())
            .filter(last -> challenger.version().equals(last.challenger()))
            .isPresent();
    if (!isToldOf) {
      new Tracking(day.run().config().tracking()).tell(challenger, decision);
    }
    return now;
  }

  private ModelRecord record(String version, Learned learned, Duration took) {
    SortedMap<String, ModelRecord.Input> read = new TreeMap<>();
    for (String input : day.config().inputs()) {
      LocalDate first = day.first(input);
      Inputs.Content content = inputs().content(input, first, day.day());
      read.put(
          input,
          new ModelRecord.Input(
              inputs().version(input), first, day.day(), content.rows(), content.fingerprint()));
    }
    return new ModelRecord(
        pipeline().name(),
        day.config().name(),
        version,
        day.day(),
        saves.place(day.config().name(), version),
        read,
        CodeVersion.of(model.getClass()),
        day.config().className(),
        model.version(),
        day.config().parameters().root().render(ConfigRenderOptions.concise()),
        day.parameters().integer("seed"),
        Instant.now(),
        took.toMillis() / 1000.0,
        learned.takes(),
        learned.gives(),
        learned.learner(),
        learned.metrics(),
        learned.trial().profiles(),
        learned.notes());
  }

  /** The day, and a hash of all that what is learned follows from. */
  private String version() {
    StringBuilder from = new StringBuilder(day.config().toString()).append(model.version());
    for (String input : day.config().inputs()) {
      from.append(' ').append(inputs().content(input, day.first(input), day.day()).fingerprint());
    }
    return day.day() + "-" + Hashes.sha256(from.toString());
  }

  private SavedModel load(String version) {
    return saves.load(day.config().name(), version, day.day());
  }

  private void add(
      Map<String, Dataset<Row>> rows, Map<String, Dataset<Row>> products, String version) {
    products.forEach(
        (suffix, product) -> {
          String table =
              suffix.isEmpty() ? day.config().name() : day.config().name() + "_" + suffix;
          @Nullable TableContract contract = pipeline().tables().get(table);
          // A figure that no contract asks for is not published.
          if (contract != null) {
            rows.put(table, product.withColumn(VERSION_COLUMN, lit(version)));
          }
        });
    requireWanted(rows.keySet());
  }

  /** Scores whose model's own rows are not published would name a model that no table has. */
  private void requireWanted(Set<String> products) {
    if (!wanted.containsAll(products)) {
      throw new AssayException(
          ExitCode.USAGE,
          "model "
              + day.name()
              + " has rows for "
              + products
              + " on "
              + day.day()
              + ", which belong together, and "
              + wanted
              + " alone are to be made; name them all with --tables, and --again where some of"
              + " them are current");
    }
  }

  private PipelineConfig pipeline() {
    return day.run().config().pipeline();
  }

  private Inputs inputs() {
    return day.run().inputs();
  }
}
