package dev.assay.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Another JVM with the tests' class path.
 *
 * @param process the process
 * @param log what it said, both streams
 */
public record JavaProcess(Process process, Path log) {

  /** Starts a main class, behind a command that starts it if one is given. */
  public static JavaProcess start(
      List<String> before, Map<String, String> environment, Class<?> main, String... args) {
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> !option.startsWith("-javaagent") && !option.startsWith("-Xmx"))
        .forEach(command::add);
    command.add("-Xmx1g");
    command.add("-Dassay.home=" + System.getProperty("assay.home"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(args));
    try {
      Path log = Files.createTempFile("assay-process", ".log");
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().putAll(environment);
      return new JavaProcess(
          builder.redirectErrorStream(true).redirectOutput(log.toFile()).start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its exit code, once it ends, which is within five minutes. */
  public int exitCode() {
    return exitCode(Duration.ofMinutes(5));
  }

  /** Its exit code, once it ends, which is within a time. */
  public int exitCode(Duration within) {
    try {
      if (!process.waitFor(within.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("did not end: " + said());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What it said. */
  public String said() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
