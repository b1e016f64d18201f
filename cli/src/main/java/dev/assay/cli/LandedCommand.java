package dev.assay.cli;

import dev.assay.config.AssayConfig;
import dev.assay.config.FeedConfig;
import dev.assay.error.ExitCode;
import dev.assay.feed.Landing;
import dev.assay.job.ConfigOptions;
import dev.assay.store.Json;
import dev.assay.store.StoreSettings;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code assay landed}: what a schedule waits on; starts no Spark. */
@Command(
    name = "landed",
    mixinStandardHelpOptions = true,
    description = "Says whether a pipeline's feeds have arrived for a date.")
final class LandedCommand implements Callable<Integer> {
  @Option(names = "--pipeline", required = true, paramLabel = "P", description = "the pipeline")
  private String pipeline = "";

  @Option(names = "--date", required = true, paramLabel = "D", description = "the business date")
  private LocalDate date = LocalDate.EPOCH;

  @Mixin private AnswerFormat format = new AnswerFormat();

  @Mixin private ConfigOptions options = new ConfigOptions();

  /** The answer, in JSON. */
  private record Answer(String pipeline, LocalDate date, String state, List<Feed> feeds) {}

  /** A feed's part of it. */
  private record Feed(String feed, String state, List<String> files, Instant until) {}

  @Override
  public Integer call() {
    AssayConfig config = options.load(pipeline);
    Configuration conf = StoreSettings.configuration(config.store());
    List<Landing> landings = new ArrayList<>();
    for (FeedConfig feed : config.pipeline().feeds().values()) {
      landings.add(Landing.find(feed, date, conf, Clock.systemUTC()));
    }
    Landing.State state = together(landings);
    say(landings, state);
    return switch (state) {
      case LANDED -> ExitCode.DONE.code();
      case NO_DATA -> ExitCode.NO_DATA.code();
      case WAITING, MISSING -> ExitCode.INPUT_MISSING.code();
    };
  }

  /** A day waits for every feed; it has data if one feed has. */
  private static Landing.State together(List<Landing> landings) {
    List<Landing.State> first =
        List.of(
            Landing.State.MISSING,
            Landing.State.WAITING,
            Landing.State.LANDED,
            Landing.State.NO_DATA);
    return landings.stream()
        .map(Landing::state)
        .min(Comparator.comparingInt(first::indexOf))
        .orElse(Landing.State.NO_DATA);
  }

  private void say(List<Landing> landings, Landing.State state) {
    List<Feed> feeds = new ArrayList<>();
    for (Landing landing : landings) {
      List<String> files = landing.files().stream().map(Landing.LandedFile::path).toList();
      feeds.add(new Feed(landing.feed(), landing.state().id(), files, landing.until()));
    }
    if (format.isTree()) {
      Output.out().println(Json.pretty(new Answer(pipeline, date, state.id(), feeds)));
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < feeds.size(); i++) {
      Feed feed = feeds.get(i);
      String where =
          feed.files().isEmpty() ? landings.get(i).pattern() : String.join(" ", feed.files());
      rows.add(List.of(feed.feed(), feed.state(), feed.until().toString(), where));
    }
    Output.table(Output.out(), List.of("FEED", "STATE", "MAY COME UNTIL", "FILES"), rows);
  }
}
