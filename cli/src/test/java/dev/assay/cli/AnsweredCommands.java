package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.job.Commands;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.CommandLine;

/** Command lines on a lake, in this JVM, and what they answer. */
final class AnsweredCommands {
  private static final String CONF = Path.of(System.getProperty("assay.home"), "conf").toString();

  private final Path lake;
  private final StringWriter errors = new StringWriter();

  AnsweredCommands(Path lake) {
    this.lake = lake;
  }

  /** What is said on stdout by a command that is to end with this code. */
  String saying(int code, String... command) {
    PrintStream stdout = System.out;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      assertThat(execute(command)).as(errors.toString()).isEqualTo(code);
    } finally {
      System.setOut(stdout);
    }
    return said.toString(StandardCharsets.UTF_8);
  }

  /** How a command ends. */
  int execute(String... command) {
    String[] all = new String[command.length + 4];
    System.arraycopy(command, 0, all, 0, command.length);
    all[command.length] = "--conf-dir";
    all[command.length + 1] = CONF;
    all[command.length + 2] = "-D";
    all[command.length + 3] = "lake=" + lake;
    CommandLine line = Commands.strict(new CommandLine(new Assay()));
    line.setErr(new PrintWriter(errors, true));
    line.getSubcommands().values().forEach(sub -> sub.setErr(new PrintWriter(errors, true)));
    return line.execute(all);
  }

  /** What was said on stderr by all of them. */
  String errors() {
    return errors.toString();
  }
}
