package dev.assay.cli;

import dev.assay.job.Commands;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The tool: runs any of Assay in one JVM, and answers questions about a lake. */
@Command(
    name = "assay",
    mixinStandardHelpOptions = true,
    version = "assay 0.1.0",
    description = "Tests data before it publishes it.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      RunCommand.class,
      ScoreCommand.class,
      PlanCommand.class,
      StatusCommand.class,
      ReleasesCommand.class,
      ModelsCommand.class,
      QueryCommand.class,
      UniquesCommand.class,
      ExportCommand.class,
      QuarantineCommand.class,
      MaintainCommand.class,
      ArchiveCommand.class,
      TestCommand.class,
      LandCommand.class,
      LandedCommand.class,
      DescribeCommand.class,
      SampleCommand.class,
      DoctorCommand.class
    },
    footer = {
      "",
      "Exit codes: 0 done; 1 unexpected; 2 usage or configuration; 3 a check refused;",
      "4 input missing; 5 fenced by another writer; 6 store or database unreachable; 7 no data."
    })
public final class Assay {
  Assay() {}

  public static void main(String[] args) {
    CommandLine line = Commands.strict(new CommandLine(new Assay()));
    System.exit(args.length == 0 ? line.execute("--help") : line.execute(args));
  }
}
