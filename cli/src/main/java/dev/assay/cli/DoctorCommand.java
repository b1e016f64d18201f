package dev.assay.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assay.config.AssayConfig;
import dev.assay.database.TableLanding;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.error.Failures;
import dev.assay.job.ConfigOptions;
import dev.assay.ledger.LakeLayout;
import dev.assay.store.LakeFormat;
import dev.assay.store.LakeStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code assay doctor}: checks what a run stands on, and says what to do. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = "Checks configuration, store, conditional writes, runtime, JARs and Airflow.")
final class DoctorCommand implements Callable<Integer> {
  private static final String CONNECTION = "assay_spark";

  @Mixin private ConfigOptions options = new ConfigOptions();

  private ExitCode worst = ExitCode.DONE;

  /** Something to look at, that throws where it is not as it must be. */
  private interface Examination {
    String examine();
  }

  @Override
  public Integer call() {
    for (String pipeline : options.pipelines()) {
      check("configuration of " + pipeline, () -> configuration(pipeline));
    }
    check("Java", DoctorCommand::java);
    check("lake layout", () -> "layout " + LakeFormat.CURRENT + " of " + layout().root());
    check("conditional writes", this::conditionalWrites);
    check("Spark runtime", () -> present(".runtime/spark/bin/spark-submit"));
    for (String jar : List.of("jobs-bronze", "jobs-silver", "jobs-gold", "jobs-ml", "cli")) {
      check("JAR " + jar, () -> present(".runtime/assay/" + jar + ".jar"));
    }
    check("class archive", () -> present(".runtime/cds/runtime.jsa"));
    check("Airflow", () -> present(".runtime/airflow/bin/airflow"));
    check("Airflow connection", this::connection);
    return worst.code();
  }

  private void check(String what, Examination examination) {
    try {
      Output.out().println("ok    " + what + ": " + examination.examine());
    } catch (RuntimeException thrown) {
      AssayException failure = Failures.explain(thrown);
      if (worst == ExitCode.DONE) {
        worst = failure.exitCode();
      }
      Output.out().println("WRONG " + what + ": " + failure.message());
    }
  }

  /** A feed's database itself is needed by landing alone. */
  private String configuration(String pipeline) {
    AssayConfig config = options.load(pipeline);
    config.pipeline().feeds().values().forEach(TableLanding::requireDriver);
    return "lake " + config.lake().root();
  }

  private static String java() {
    int feature = Runtime.version().feature();
    if (feature != 17) {
      throw new AssayException(
          ExitCode.USAGE, "this is Java " + feature + "; Spark and Assay need a JDK 17");
    }
    return Runtime.version().toString();
  }

  private LakeStore lake() {
    AssayConfig config = options.load(options.pipelines().get(0));
    return LakeStore.of(config);
  }

  private LakeStore layout() {
    LakeStore lake = lake();
    LakeLayout.ensure(lake);
    return lake;
  }

  private String conditionalWrites() {
    LakeStore lake = lake();
    String probe = "_assay/doctor/" + UUID.randomUUID();
    boolean first = lake.createIfAbsent(probe, "first".getBytes(UTF_8));
    boolean second = lake.createIfAbsent(probe, "second".getBytes(UTF_8));
    lake.delete(probe);
    if (!first || second) {
      throw new AssayException(
          ExitCode.STORE_UNREACHABLE,
          "the store let a second writer replace what a first had created, so two runs could"
              + " overwrite each other; use a store that honours If-None-Match");
    }
    return "a second writer is refused";
  }

  /**
   * Whether Airflow finds the connection that tasks submit to; without it they would go to YARN.
   */
  private String connection() {
    String look = "source infra/airflow/env.sh && exec airflow connections get " + CONNECTION;
    try {
      Process process =
          new ProcessBuilder("bash", "-c", look + " >/dev/null 2>&1")
              .directory(home().toFile())
              .start();
      if (process.waitFor() != 0) {
        throw new AssayException(
            ExitCode.USAGE,
            "Airflow has no connection "
                + CONNECTION
                + ", or cannot be asked; set AIRFLOW_CONN_ASSAY_SPARK, or: airflow connections add "
                + CONNECTION
                + " --conn-type spark --conn-host 'local[2]'");
      }
      return CONNECTION;
    } catch (IOException e) {
      throw new UncheckedIOException("could not ask Airflow: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking Airflow", e);
    }
  }

  private Path home() {
    return Objects.requireNonNull(
        options.folder().toAbsolutePath().getParent(), "conf is in Assay's folder");
  }

  private String present(String relative) {
    Path file = home().resolve(relative);
    if (!Files.exists(file)) {
      throw new AssayException(ExitCode.USAGE, relative + " is missing; run: make setup");
    }
    return relative;
  }
}
