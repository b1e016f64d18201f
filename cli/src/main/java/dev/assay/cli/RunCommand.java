package dev.assay.cli;

import dev.assay.config.AssayConfig;
import dev.assay.error.ExitCode;
import dev.assay.job.AsWas;
import dev.assay.job.Commands;
import dev.assay.job.ConfigOptions;
import dev.assay.job.Remaking;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code assay run}: does what {@code assay plan} shows, in one JVM. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Publishes business dates: every table-day that is missing, failed or stale, and no other.",
      "assay plan, with the same options, shows them."
    })
final class RunCommand implements Callable<Integer> {
  @Mixin private Selection selection = new Selection();

  @Option(
      names = "--keep-going",
      description = "goes on with the other dates after one that was not published")
  private boolean keepGoing;

  @Option(names = "--dry-run", description = "shows the plan, and runs nothing")
  private boolean dryRun;

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Override
  public Integer call() throws IOException {
    if (selection.asWas()) {
      return asWas().code();
    }
    AssayConfig config = options.load(selection.pipeline());
    LatestRun run = new LatestRun(config, selection.scope(config), keepGoing, "assay run");
    if (dryRun) {
      run.show();
      return ExitCode.DONE.code();
    }
    return run.run().code();
  }

  private ExitCode asWas() throws IOException {
    AsWas asWas = new AsWas(options.source(selection.pipeline()));
    AsWas.Found found = asWas.find(selection.published());
    if (dryRun) {
      Planning.say(found, Output.Format.TABLE);
      return ExitCode.DONE;
    }
    List<Remaking> remakings = keepGoing ? found.remakings() : found.all();
    try (AsWasRun run =
        new AsWasRun(selection.pipeline(), options, asWas, UUID.randomUUID().toString())) {
      ExitCode ended = run.run(remakings, keepGoing);
      found.impossible().forEach(one -> Commands.complain(one.message()));
      return ended == ExitCode.DONE && !found.impossible().isEmpty() ? ExitCode.USAGE : ended;
    }
  }
}
