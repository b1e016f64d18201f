package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which JVM the launcher starts: it, in a home of its own, with a JVM that says how it was called.
 */
class LauncherTest {
  private static final String AS_SPARK_SUBMIT = "--add-modules=jdk.incubator.vector";

  @TempDir private Path home;

  @BeforeEach
  void setUp() throws IOException {
    Files.copy(Path.of(System.getProperty("assay.home"), "assay"), home.resolve("assay"));
    Path options = Files.createDirectories(home.resolve(".runtime/conf"));
    Files.createFile(options.resolve("cli.options"));
    Files.createFile(options.resolve("run-large.options"));
    Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "score", "quarantine replay"})
  void whatRunsStagesHasTheJvmOfThePipelineAndTheArithmeticOfSparkSubmit(String command)
      throws Exception {
    assertThat(jvmOf(command + " --date 2010-12-03 --pipeline large"))
        .containsExactly("run-large.options", AS_SPARK_SUBMIT);
    assertThat(jvmOf(command + " --pipeline=large"))
        .containsExactly("run-large.options", AS_SPARK_SUBMIT);
    assertThat(jvmOf(command + " --pipeline small"))
        .containsExactly("cli.options", AS_SPARK_SUBMIT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "quarantine list", "quarantine show", "maintain"})
  void whatRunsNoStageHasTheJvmOfTheTool(String command) throws Exception {
    assertThat(jvmOf(command + " --pipeline large")).containsExactly("cli.options");
  }

  @Test
  void startsWithoutACommand() throws Exception {
    assertThat(jvmOf("")).containsExactly("cli.options");
  }

  /** The name of the file of options and the options after it, for the words of a command. */
  private List<String> jvmOf(String words) throws Exception {
    List<String> command = new ArrayList<>(List.of("bash", home.resolve("assay").toString()));
    Stream.of(words.split(" ", -1)).filter(word -> !word.isEmpty()).forEach(command::add);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().merge("PATH", home.resolve("bin") + ":", (path, first) -> first + path);
    builder.environment().remove("ASSAY_JVM_OPTS");
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    List<String> called = said.lines().toList();
    int main = called.indexOf("dev.assay.cli.Assay");
    assertThat(called.subList(main + 1, called.size()))
        .isEqualTo(command.subList(2, command.size()));
    String conf = "@" + home.resolve(".runtime/conf") + "/";
    assertThat(called.get(0)).startsWith(conf);
    List<String> jvm = new ArrayList<>(called.subList(0, main));
    jvm.set(0, called.get(0).substring(conf.length()));
    return jvm;
  }
}
