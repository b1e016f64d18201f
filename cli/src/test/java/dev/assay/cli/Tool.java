package dev.assay.cli;

import dev.assay.job.Commands;
import dev.assay.testing.TestSpark;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/**
 * The tool in the tests' own JVM, with a Spark session of the command's own. Most of what a process
 * costs is a cold JVM; {@link AssayProcess} is for what only a process can show.
 */
final class Tool {
  private Tool() {}

  /**
   * What a command came to.
   *
   * @param exitCode what the process would end with
   * @param answered what it said on stdout
   * @param complained what it said on stderr
   */
  record Answer(int exitCode, String answered, String complained) {

    /** What it said, on both. */
    String said() {
      return answered + complained;
    }
  }

  /** Runs a command on a lake. */
  static Answer run(Path lake, String... command) {
    List<String> words = new ArrayList<>(List.of(command));
    if (!words.contains("--conf-dir")) {
      words.addAll(List.of("--conf-dir", System.getProperty("assay.home") + "/conf"));
    }
    words.addAll(List.of("-D", "lake=" + lake));
    PrintStream stdout = System.out;
    PrintStream stderr = System.err;
    ByteArrayOutputStream answered = new ByteArrayOutputStream();
    ByteArrayOutputStream complained = new ByteArrayOutputStream();
    TestSpark.stop();
    System.setOut(new PrintStream(answered, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
    try {
      int exitCode =
          Commands.strict(new CommandLine(new Assay())).execute(words.toArray(String[]::new));
      return new Answer(
          exitCode,
          answered.toString(StandardCharsets.UTF_8),
          complained.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(stdout);
      System.setErr(stderr);
      // Whatever the command left.
      TestSpark.stop();
    }
  }
}
