package dev.assay.cli;

import dev.assay.config.AssayConfig;
import dev.assay.config.StageSize;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.error.Failures;
import dev.assay.job.ConfigOptions;
import dev.assay.session.SparkSessions;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code assay query}: SQL over released tables, of now or of another time. */
@Command(
    name = "query",
    mixinStandardHelpOptions = true,
    description = {
      "Answers a SQL query; a table is <pipeline>.<table> as its newest release has it,",
      "or as VERSION AS OF n or TIMESTAMP AS OF '...' say."
    })
final class QueryCommand implements Callable<Integer> {
  @Parameters(paramLabel = "SQL", description = "the query")
  private String sql = "";

  @Mixin private ReleaseOption release = new ReleaseOption();

  @Mixin private AnswerFormat format = new AnswerFormat();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "at most this many rows in a table; csv and json have all")
  private int limit = 100;

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Override
  public Integer call() throws Exception {
    List<String> pipelines = options.pipelines();
    if (pipelines.isEmpty()) {
      throw new AssayException(ExitCode.USAGE, "there is no pipeline in " + options.folder());
    }
    AssayConfig config = options.load(pipelines.get(0));
    try (SparkSession spark =
        SparkSessions.start(config, StageSize.SMALL, "assay query", release.settings())) {
      RowsOutput.say(format.get(), spark.sql(sql), limit);
      return ExitCode.DONE.code();
    } catch (Exception e) {
      throw understood(e);
    }
  }

  private static Exception understood(Exception thrown) {
    AssayException explained = Failures.explain(thrown);
    if (explained.exitCode() == ExitCode.STORE_UNREACHABLE) {
      return explained;
    }
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (isOfAFile(cause)) {
        return new AssayException(
            ExitCode.UNEXPECTED,
            "a file of the lake cannot be read, so that there is no answer: "
                + cause.getMessage()
                + "; to run its day with --again makes it anew",
            thrown);
      }
      // A division by zero is Spark's own, as is a query that it does not understand.
      if (cause instanceof SparkThrowable || cause instanceof UnsupportedOperationException) {
        return new AssayException(
            ExitCode.USAGE, "the query is refused: " + cause.getMessage(), thrown);
      }
    }
    return thrown;
  }

  private static boolean isOfAFile(Throwable cause) {
    return cause instanceof SparkThrowable spark
        && String.valueOf(spark.getCondition()).startsWith("FAILED_READ_FILE");
  }
}
