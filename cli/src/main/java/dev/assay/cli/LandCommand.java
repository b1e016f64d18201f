package dev.assay.cli;

import dev.assay.config.AssayConfig;
import dev.assay.config.FeedConfig;
import dev.assay.config.JdbcConfig;
import dev.assay.config.PipelineConfig;
import dev.assay.database.TableLanding;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.job.ConfigOptions;
import dev.assay.store.Existing;
import dev.assay.store.StoreSettings;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code assay land}: a table of a database becomes a file of a feed; starts no Spark. */
@Command(
    name = "land",
    mixinStandardHelpOptions = true,
    description = {
      "Reads the table or query of a feed from its database, as it is now, and writes it as the",
      "feed's file of a date: whole, or not at all. One that is there stays."
    })
final class LandCommand implements Callable<Integer> {
  @Option(names = "--pipeline", required = true, paramLabel = "P", description = "the pipeline")
  private String pipeline = "";

  @Option(names = "--feed", required = true, paramLabel = "F", description = "the feed")
  private String feed = "";

  @Option(
      names = "--date",
      paramLabel = "D",
      description =
          "the business date; default: the last that is over, while its landing may come, else today")
  private @Nullable LocalDate date;

  @Option(names = "--again", description = "replaces a landing that is there")
  private boolean again;

  @Option(
      names = "--state-of-now",
      description = "lands the state of now for a date whose own is gone")
  private boolean stateOfNow;

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Override
  public Integer call() throws IOException {
    AssayConfig config = options.load(pipeline);
    FeedConfig from = feed(config.pipeline());
    TableLanding landing =
        new TableLanding(
            from,
            database(from),
            StoreSettings.configuration(config.store()),
            System.getenv(),
            Clock.systemUTC());
    LocalDate of = date == null ? landing.date() : date;
    OptionalLong rows =
        landing.land(
            of,
            stateOfNow ? TableLanding.State.OF_NOW : TableLanding.State.OF_THE_DATE,
            again ? Existing.REPLACED : Existing.KEPT);
    Output.out()
        .println(
            landing.path(of)
                + (rows.isPresent()
                    ? ": " + rows.getAsLong() + " rows landed for " + of
                    : ": has landed already, and stays; --again reads the database again"));
    return ExitCode.DONE.code();
  }

  private FeedConfig feed(PipelineConfig config) {
    FeedConfig found = config.feeds().get(feed);
    if (found == null) {
      throw new AssayException(
          ExitCode.USAGE,
          config.name() + " has no feed '" + feed + "'; it has " + config.feeds().keySet());
    }
    return found;
  }

  private static JdbcConfig database(FeedConfig feed) {
    return feed.database()
        .orElseThrow(
            () ->
                new AssayException(
                    ExitCode.USAGE,
                    "feed "
                        + feed.name()
                        + " is delivered by others, as "
                        + feed.files()
                        + "; only a feed with a jdbc block is landed"));
  }
}
