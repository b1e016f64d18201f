package dev.assay.cli;

import dev.assay.config.AssayConfig;
import dev.assay.config.Stage;
import dev.assay.config.StageSize;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.job.AsWas;
import dev.assay.job.Commands;
import dev.assay.job.ConfigOptions;
import dev.assay.job.Remaking;
import dev.assay.job.StageJob;
import dev.assay.job.StageResult;
import dev.assay.job.StageRunner;
import dev.assay.ledger.CodeVersion;
import dev.assay.session.SparkSessions;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * {@code assay run --inputs as-was}: makes published table-days again, each by the JAR that it was
 * made by: here, if that is this one, else in a process of its own.
 */
final class AsWasRun implements AutoCloseable {
  private final String pipeline;
  private final ConfigOptions options;
  private final AsWas asWas;
  private final String runId;
  private @Nullable SparkSession spark;
  private @Nullable Path folder;

  AsWasRun(String pipeline, ConfigOptions options, AsWas asWas, String runId) {
    this.pipeline = pipeline;
    this.options = options;
    this.asWas = asWas;
    this.runId = runId;
  }

  /**
   * Makes them again.
   *
   * @param keepGoing whether the others go on after one that was not published
   * @return how the first of them ended that was not published
   */
  ExitCode run(List<Remaking> remakings, boolean keepGoing) throws IOException {
    ExitCode ended = ExitCode.DONE;
    for (Remaking remaking : remakings) {
      ExitCode one = run(remaking);
      ended = ended == ExitCode.DONE ? one : ended;
      if (ended != ExitCode.DONE && !keepGoing) {
        return ended;
      }
    }
    return ended;
  }

  private ExitCode run(Remaking remaking) throws IOException {
    StageJob job = StageJobs.of(remaking.stage());
    boolean isOurs = CodeVersion.of(job.getClass()).equals(remaking.recipe().code());
    try {
      return isOurs ? here(job, remaking) : elsewhere(job, remaking);
    } catch (AssayException failure) {
      Commands.complain(failure.message());
      return failure.exitCode();
    }
  }

  private ExitCode here(StageJob job, Remaking remaking) {
    AssayConfig config = asWas.config(remaking);
    StageResult result = new StageRunner(session(config), config).remake(job, remaking, runId);
    Commands.say(remaking, result);
    PlanRun.complain(List.of(result));
    return result.exitCode();
  }

  private SparkSession session(AssayConfig config) {
    SparkSession running = spark;
    if (running == null) {
      StageSize size = config.pipeline().size(EnumSet.allOf(Stage.class));
      running = SparkSessions.start(config, size, "assay run --inputs as-was");
      spark = running;
    }
    return running;
  }

  /** This JVM with that JAR in place of the one that it runs. */
  private ExitCode elsewhere(StageJob job, Remaking remaking) throws IOException {
    Path jars = folder == null ? Files.createTempDirectory("assay-as-was") : folder;
    folder = jars;
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + jvm(jars, classPath(job, asWas.jar(remaking, jars))));
    command.add(StageJobs.mainClass(remaking.stage()));
    command.addAll(List.of("--pipeline", pipeline, "--date", remaking.day().toString()));
    command.addAll(List.of("--tables", tables(remaking), "--inputs", "as-was"));
    command.addAll(List.of("--run-id", runId));
    command.addAll(options.words());
    Process process = new ProcessBuilder(command).inheritIO().start();
    // Whoever ends this process means all of it.
    Thread ending = new Thread(process::destroy, "end of " + process.pid());
    Runtime.getRuntime().addShutdownHook(ending);
    try {
      ExitCode ended = ExitCode.of(process.waitFor());
      Runtime.getRuntime().removeShutdownHook(ending);
      return ended;
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new AssayException(ExitCode.UNEXPECTED, "interrupted", e);
    }
  }

  /** A file of this JVM's options, one of which may be a password, which no command line shows. */
  private static Path jvm(Path folder, String classPath) throws IOException {
    List<String> options =
        new ArrayList<>(ManagementFactory.getRuntimeMXBean().getInputArguments());
    options.addAll(List.of("-cp", classPath));
    return Files.write(
        folder.resolve("jvm.options"),
        options.stream()
            .map(option -> '"' + option.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
            .toList());
  }

  private static String classPath(StageJob job, Path jar) {
    Optional<String> ours = CodeVersion.jar(job.getClass()).map(Path::toString);
    return Stream.concat(
            Stream.of(jar.toString()),
            Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(path -> !Optional.of(path).equals(ours)))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String tables(Remaking remaking) {
    return remaking.made().keySet().stream()
        .map(tableDay -> tableDay.table().table())
        .collect(Collectors.joining(","));
  }

  @Override
  public void close() throws IOException {
    if (spark != null) {
      spark.close();
    }
    Path used = folder;
    if (used != null) {
      try (Stream<Path> files = Files.list(used)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(used);
    }
  }
}
