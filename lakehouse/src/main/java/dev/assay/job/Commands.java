package dev.assay.job;

import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.error.Failures;
import java.io.PrintWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** How every command line of Assay parses, answers and fails. */
public final class Commands {
  private static final Logger LOG = LoggerFactory.getLogger(Commands.class);

  private Commands() {}

  /** A command line whose errors are sentences on stderr and whose exit codes are Assay's. */
  public static CommandLine strict(CommandLine command) {
    return command
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler((thrown, line, parsed) -> fail(thrown, line.getErr()))
        .setParameterExceptionHandler(
            (wrong, args) -> {
              CommandLine line = wrong.getCommandLine();
              line.getErr().println(wrong.getMessage());
              line.getErr().println("See " + line.getCommandSpec().qualifiedName() + " --help");
              return ExitCode.USAGE.code();
            });
  }

  /** Says on stdout what became of each table-day that a stage was to settle. */
  public static void say(StageResult result) {
    PrintWriter out = new PrintWriter(System.out, true, java.nio.charset.StandardCharsets.UTF_8);
    result
        .published()
        .forEach(
            (tableDay, audit) ->
                out.println(
                    tableDay
                        + ": "
                        + audit.rows().published()
                        + " rows published of "
                        + audit.rows().received()
                        + ", "
                        + audit.rows().quarantined()
                        + " quarantined, "
                        + audit.rows().duplicates()
                        + " duplicates, release "
                        + result.release().number()));
    result.withdrawn().forEach((tableDay, why) -> out.println(tableDay + ": withdrawn, " + why));
    result.unchanged().forEach((tableDay, why) -> out.println(tableDay + ": current, " + why));
    result.waiting().forEach((tableDay, why) -> out.println(tableDay + ": not made, " + why));
    result.noData().forEach((tableDay, why) -> out.println(tableDay + ": no data, " + why));
  }

  /** The same of what was made again as it was, and whether it has the same rows. */
  public static void say(Remaking remaking, StageResult result) {
    say(result);
    PrintWriter out = new PrintWriter(System.out, true, java.nio.charset.StandardCharsets.UTF_8);
    remaking.compared(result).forEach(out::println);
  }

  /** Says on stderr what went wrong, where other things went well. */
  public static void complain(String problem) {
    new PrintWriter(System.err, true, java.nio.charset.StandardCharsets.UTF_8)
        .println("error: " + problem);
  }

  private static int fail(Exception thrown, PrintWriter err) {
    AssayException failure = Failures.explain(thrown);
    if (failure.exitCode() == ExitCode.UNEXPECTED) {
      LOG.error("unexpected", thrown);
    }
    String prefix = failure.exitCode() == ExitCode.NO_DATA ? "no data: " : "error: ";
    err.println(prefix + failure.message());
    err.flush();
    return failure.exitCode().code();
  }
}
