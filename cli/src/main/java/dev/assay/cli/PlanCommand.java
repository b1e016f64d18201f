package dev.assay.cli;

import dev.assay.config.AssayConfig;
import dev.assay.error.ExitCode;
import dev.assay.job.AsWas;
import dev.assay.job.ConfigOptions;
import dev.assay.plan.Scope;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code assay plan}: what a run would do, from conf, the ledger and what landed alone. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what assay run would do with the same options: each table-day, in order, and why.",
      "What is only made if an input turns out to have changed is found current otherwise."
    })
final class PlanCommand implements Callable<Integer> {
  @Mixin private Selection selection = new Selection();

  @Mixin private AnswerFormat format = new AnswerFormat();

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Override
  public Integer call() {
    if (selection.asWas()) {
      AsWas asWas = new AsWas(options.source(selection.pipeline()));
      Planning.say(asWas.find(selection.published()), format.get());
      return ExitCode.DONE.code();
    }
    AssayConfig config = options.load(selection.pipeline());
    Scope scope = selection.scope(config);
    Planning.say(config, Planning.planner(config, scope), scope, format.get());
    return ExitCode.DONE.code();
  }
}
