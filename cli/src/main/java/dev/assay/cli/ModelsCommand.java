package dev.assay.cli;

import dev.assay.error.ExitCode;
import dev.assay.model.Champions;
import dev.assay.model.Metric;
import dev.assay.model.ModelRecord;
import dev.assay.model.ModelStore;
import dev.assay.model.Promotion;
import dev.assay.model.PromotionLog;
import dev.assay.store.Json;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code assay models}: which versions were trained, and which is used when; starts no Spark. */
@Command(
    name = "models",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Shows the versions of models, and decides which of them is used.")
final class ModelsCommand {
  /** A version, as it is listed. */
  private record Listed(
      String model, String version, LocalDate asOf, String learner, String state, String why) {}

  /** A figure of two versions. */
  private record Compared(
      String learner, String metric, @Nullable Metric one, @Nullable Metric other) {}

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Every version that was trained, newest first, and what became of it.")
  int list(
      @Mixin ModelOptions options,
      @Option(names = "--model", paramLabel = "M", description = "only this model")
          @Nullable String only) {
    ModelStore store = options.store();
    List<Listed> listed = new ArrayList<>();
    for (String model : only == null ? store.models() : List.of(options.known(only))) {
      Champions champions = options.log(model).champions();
      List<ModelRecord> versions = new ArrayList<>(store.versions(model));
      java.util.Collections.reverse(versions);
      versions.forEach(version -> listed.add(listed(version, champions)));
    }
    Output.say(
        options.format().get(),
        listed,
        List.of("MODEL", "VERSION", "AS OF", "LEARNER", "STATE", "WHY"),
        one ->
            List.of(
                one.model(),
                one.version(),
                one.asOf().toString(),
                one.learner(),
                one.state(),
                one.why()));
    return ExitCode.DONE.code();
  }

  private static Listed listed(ModelRecord version, Champions champions) {
    Optional<Promotion> last =
        champions.promotions().stream()
            .filter(promotion -> version.version().equals(promotion.challenger()))
            .max((one, next) -> Long.compare(one.number(), next.number()));
    String state = "challenger";
    if (champions.retired().contains(version.version())) {
      state = "retired";
    } else if (champions.at(LocalDate.MAX).filter(version.version()::equals).isPresent()) {
      state = "champion";
    } else if (champions.all().contains(version.version())) {
      state = "champion before";
    }
    return new Listed(
        version.model(),
        version.version(),
        version.asOf(),
        version.learner(),
        state,
        last.map(Promotion::why).orElse("nothing was decided yet: its training did not end"));
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description =
          "A version: what it was learned from, how good it is, what was decided and why.")
  int show(
      @Mixin ModelOptions options,
      @Mixin ModelOptions.Named named,
      @Parameters(paramLabel = "V", description = "the version") String version) {
    String model = options.known(named);
    ModelRecord record = options.store().existing(model, version);
    List<Promotion> decisions =
        options.log(model).champions().promotions().stream()
            .filter(promotion -> version.equals(promotion.challenger()))
            .toList();
    if (options.format().isTree()) {
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("record", record);
      all.put("decisions", decisions);
      Output.out().println(Json.pretty(all));
      return ExitCode.DONE.code();
    }
    new VersionStory(record, decisions).tell(Output.out());
    return ExitCode.DONE.code();
  }

  @Command(
      name = "compare",
      mixinStandardHelpOptions = true,
      description = {
        "The figures of two versions side by side, each on the rows that its training held back.",
        "What the gate compared, on the same rows, show says."
      })
  int compare(
      @Mixin ModelOptions options,
      @Mixin ModelOptions.Named named,
      @Parameters(index = "0", paramLabel = "V", description = "a version") String one,
      @Parameters(index = "1", paramLabel = "W", description = "another") String other) {
    ModelStore store = options.store();
    String model = options.known(named);
    Map<String, Metric> ofOne = byName(store.existing(model, one));
    Map<String, Metric> ofOther = byName(store.existing(model, other));
    Map<String, Compared> all = new TreeMap<>();
    ofOne.forEach(
        (name, metric) ->
            all.put(
                name, new Compared(metric.learner(), metric.metric(), metric, ofOther.get(name))));
    ofOther.forEach(
        (name, metric) ->
            all.putIfAbsent(name, new Compared(metric.learner(), metric.metric(), null, metric)));
    Output.say(
        options.format().get(),
        List.copyOf(all.values()),
        List.of("LEARNER", "METRIC", one.toUpperCase(Locale.ROOT), other.toUpperCase(Locale.ROOT)),
        line -> List.of(line.learner(), line.metric(), text(line.one()), text(line.other())));
    return ExitCode.DONE.code();
  }

  private static Map<String, Metric> byName(ModelRecord record) {
    Map<String, Metric> byName = new TreeMap<>();
    record
        .metrics()
        .forEach(metric -> byName.put(metric.learner() + " " + metric.metric(), metric));
    return byName;
  }

  @Command(
      name = "promote",
      mixinStandardHelpOptions = true,
      description = "Makes a version champion, whatever its gate said.")
  int promote(
      @Mixin ModelOptions options,
      @Mixin ModelOptions.Named named,
      @Parameters(paramLabel = "V", description = "the version") String version,
      @Option(
              names = "--from",
              paramLabel = "D",
              description =
                  "the first business date; default: the one it was trained for, where no other"
                      + " is champion since")
          @Nullable LocalDate from,
      @Option(names = "--why", required = true, paramLabel = "TEXT", description = "why")
          String why) {
    String model = options.known(named);
    PromotionLog log = options.log(model);
    LocalDate first =
        from == null
            ? DecisionStory.firstDay(options.store().existing(model, version), log.champions())
            : from;
    return said(options, model, log.promote(version, first, why));
  }

  @Command(
      name = "rollback",
      mixinStandardHelpOptions = true,
      description =
          "Goes back to the champion before, or to none, for all days that the champion scored.")
  int rollback(
      @Mixin ModelOptions options,
      @Mixin ModelOptions.Named named,
      @Option(names = "--why", required = true, paramLabel = "TEXT", description = "why")
          String why) {
    String model = options.known(named);
    return said(options, model, options.log(model).rollback(why));
  }

  @Command(
      name = "retire",
      mixinStandardHelpOptions = true,
      description = {
        "Rules that a version is never used again; what it scored is stale until it is run again.",
        "Its save, and what it was learned from, go in time."
      })
  int retire(
      @Mixin ModelOptions options,
      @Mixin ModelOptions.Named named,
      @Parameters(paramLabel = "V", description = "the version") String version,
      @Option(names = "--why", required = true, paramLabel = "TEXT", description = "why")
          String why) {
    String model = options.known(named);
    options.log(model).retire(version, why);
    Output.out()
        .println(
            "%s of %s is retired; days that it scored are stale until they are run again"
                .formatted(version, model));
    return ExitCode.DONE.code();
  }

  private static int said(ModelOptions options, String model, Promotion promotion) {
    Champions now = options.log(model).champions();
    Output.out().println(DecisionStory.of(promotion, now, options.pipeline(), model));
    return ExitCode.DONE.code();
  }

  private static String text(@Nullable Metric metric) {
    return metric == null ? "" : VersionStory.text(metric.value());
  }
}
