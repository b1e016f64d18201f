package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

/** Command lines on a lake, and what they answer. */
final class AnsweredCommands {
  private final Path lake;
  private final StringBuilder errors = new StringBuilder();

  AnsweredCommands(Path lake) {
    this.lake = lake;
  }

  /** What is said on stdout by a command that is to end with this code. */
  String saying(int code, String... command) {
    Tool.Answer answer = Tool.run(lake, command);
    errors.append(answer.complained());
    assertThat(answer.exitCode()).as(answer.said()).isEqualTo(code);
    return answer.answered();
  }

  /** How a command ends. */
  int execute(String... command) {
    Tool.Answer answer = Tool.run(lake, command);
    errors.append(answer.complained());
    return answer.exitCode();
  }

  /** What was said on stderr by all of them. */
  String errors() {
    return errors.toString();
  }
}
