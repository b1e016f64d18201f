package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.job.Commands;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class SampleCommandTest {
  private final StringWriter errors = new StringWriter();
  @TempDir private Path folder;

  @Test
  void writesAFeedWhereAPipelineLooksForIt() throws Exception {
    String options = "--rows 500 --days 2 --start 2026-03-01 --seed 7 --dirty 0.1";
    int code = sample("ads " + options + " --format json --compress gzip --out " + folder);

    assertThat(code).as(errors.toString()).isZero();
    assertThat(folder.resolve("ad_events/2026-03-02/ad_events.json.gz")).exists();
    assertThat(Files.readString(folder.resolve("truth.json"))).contains("\"rows\" : 500");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ads|Missing required option: '--out=FOLDER'",
        "--out x|Missing required parameter: 'DOMAIN'",
        "ants --out x|expected one of",
        "ads --out x --rows 0|--rows 0: 1 to 1000000000 can be made",
        "tracks --out x --format json|its pipeline takes CSV alone",
        "tracks --out x --customers none.csv|--customers none.csv cannot be read",
      })
  void aWrongCommandLineIsExitCodeTwo(String arguments, String why) {
    assertThat(sample(arguments)).isEqualTo(2);
    assertThat(errors.toString()).contains(why);
  }

  private int sample(String arguments) {
    CommandLine line = Commands.strict(new CommandLine(new Assay()));
    line.getSubcommands().values().forEach(sub -> sub.setErr(new PrintWriter(errors, true)));
    return line.execute(("sample " + arguments).split(" ", -1));
  }
}
