package dev.assay.cli;

import dev.assay.config.AssayConfig;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.job.ConfigOptions;
import dev.assay.ledger.LakeLayout;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.OutcomeKind;
import dev.assay.release.Release;
import dev.assay.release.ReleaseLog;
import dev.assay.release.Rollback;
import dev.assay.store.LakeStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code assay releases}: what readers saw when, and going back to it; starts no Spark. */
@Command(
    name = "releases",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Shows what readers saw when, and goes back to it.")
final class ReleasesCommand {
  /** What every one of these commands is told. */
  static final class Common {
    @Option(names = "--pipeline", required = true, paramLabel = "P", description = "the pipeline")
    private String pipeline = "";

    @Mixin private AnswerFormat format = new AnswerFormat();

    @Mixin private ConfigOptions options = new ConfigOptions();

    LakeStore lake() {
      AssayConfig config = options.load(pipeline);
      LakeStore lake = LakeStore.of(config);
      LakeLayout.understand(lake);
      return lake;
    }

    ReleaseLog log() {
      return new ReleaseLog(lake(), pipeline);
    }

    ReleaseChanges changes() {
      LakeStore lake = lake();
      return new ReleaseChanges(new ReleaseLog(lake, pipeline), Ledger.of(lake, pipeline));
    }
  }

  /** A release, as it is listed. */
  private record Listed(long release, Instant at, String by, String run, List<String> tables) {}

  @Command(name = "list", mixinStandardHelpOptions = true, description = "The newest releases.")
  int list(
      @Mixin Common common,
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "20",
              description = "at most so many; default: ${DEFAULT-VALUE}")
          int limit) {
    ReleaseLog log = common.log();
    List<Listed> listed = new ArrayList<>();
    List<Release> newest = log.newest(limit + 1);
    for (int i = 0; i < Math.min(limit, newest.size()); i++) {
      Release release = newest.get(i);
      Map<String, Release.TableVersion> before =
          i + 1 < newest.size() ? newest.get(i + 1).tables() : Map.of();
      listed.add(
          new Listed(
              release.number(),
              release.sealedAt(),
              by(log, release),
              release.runId(),
              release.tables().entrySet().stream()
                  .filter(entry -> !entry.getValue().equals(before.get(entry.getKey())))
                  .map(Map.Entry::getKey)
                  .sorted()
                  .toList()));
    }
    Output.say(
        common.format.get(),
        listed,
        List.of("RELEASE", "AT", "BY", "RUN", "TABLES"),
        one ->
            List.of(
                Long.toString(one.release()),
                one.at().truncatedTo(ChronoUnit.SECONDS).toString(),
                one.by(),
                one.run(),
                String.join(" ", one.tables())));
    return ExitCode.DONE.code();
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "A release: each table's version, and what it made visible.")
  int show(
      @Mixin Common common,
      @Parameters(paramLabel = "N", description = "the release") long number) {
    ReleaseLog log = common.log();
    Release release = log.existing(number);
    if (common.format.isTable()) {
      Output.out()
          .println(
              "release "
                  + number
                  + " of "
                  + common.pipeline
                  + ", "
                  + release.sealedAt()
                  + ", by "
                  + by(log, release)
                  + " of run "
                  + release.runId());
      release
          .tables()
          .forEach(
              (table, version) ->
                  Output.out().println("  " + table + " at version " + version.version()));
    }
    say(common, common.changes().madeBy(number));
    return ExitCode.DONE.code();
  }

  @Command(
      name = "diff",
      mixinStandardHelpOptions = true,
      description = "What readers see otherwise at one release than at another, by table-day.")
  int diff(
      @Mixin Common common,
      @Parameters(index = "0", paramLabel = "N", description = "the older release") long older,
      @Parameters(index = "1", paramLabel = "M", description = "the newer release") long newer) {
    ReleaseLog log = common.log();
    log.existing(older);
    log.existing(newer);
    if (older > newer) {
      throw new AssayException(
          ExitCode.USAGE, "release " + older + " is newer than " + newer + "; swap them");
    }
    say(common, common.changes().between(older, newer));
    return ExitCode.DONE.code();
  }

  @Command(
      name = "rollback",
      mixinStandardHelpOptions = true,
      description = {
        "Makes readers see an older release again, by a new one.",
        "Files and later releases stay; the next run builds on what is seen then."
      })
  int rollback(
      @Mixin Common common,
      @Parameters(paramLabel = "N", description = "the release to go back to") long number) {
    LakeStore lake = common.lake();
    Optional<Release> release =
        new Rollback(lake, common.pipeline).to(number, UUID.randomUUID().toString());
    if (release.isEmpty()) {
      Output.out().println("nothing to do: the newest release has what release " + number + " has");
      return ExitCode.DONE.code();
    }
    long now = release.get().number();
    say(common, common.changes().madeBy(now));
    if (common.format.isTable()) {
      Output.out().println("release " + now + " has what release " + number + " had");
    }
    return ExitCode.DONE.code();
  }

  private static String by(ReleaseLog log, Release release) {
    if (release.restores() != null) {
      return "rollback to " + release.restores();
    }
    if (release.stage() != null) {
      return release.stage().id();
    }
    return log.intents(release.number() - 1, release.number()).stream()
            .flatMap(intent -> intent.replacements().stream())
            .anyMatch(replacement -> replacement.kind() == OutcomeKind.ARCHIVED)
        ? "archive"
        : "retention";
  }

  private static void say(Common common, List<ReleaseChanges.Change> changes) {
    Output.say(
        common.format.get(),
        changes,
        List.of("RELEASE", "TABLE", "DAY", "WHAT", "ROWS"),
        one ->
            List.of(
                Long.toString(one.release()),
                one.table(),
                one.day().toString(),
                one.what(),
                one.rows() == null ? "" : one.rows().toString()));
  }
}
