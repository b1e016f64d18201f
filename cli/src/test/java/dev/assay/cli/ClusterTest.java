package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.release.ReleaseLog;
import dev.assay.testing.Lakes;
import dev.assay.testing.MinioServer;
import dev.assay.testing.OnlineRetail;
import dev.assay.testing.ReleasedRows;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The stages' JARs on a Spark standalone cluster, as {@code docs/run-on-a-cluster.md} says: a
 * master and two workers on loopback, lake and landing on MinIO.
 */
@Tag("soak")
class ClusterTest {
  private static final String DAY = "2010-12-01";
  private static final Map<String, String> JOBS =
      Map.of("bronze", "BronzeJob", "silver", "SilverJob", "gold", "GoldJob", "ml", "MlJob");
  private static final Duration LONGEST = Duration.ofMinutes(3);

  private final Path home = Path.of(System.getProperty("assay.home"));
  private final Path sparkHome =
      home.resolve(".runtime/spark/lib/python3.11/site-packages/pyspark");
  private final List<Process> started = new ArrayList<>();
  @TempDir private Path folder;

  @AfterEach
  void stop() throws InterruptedException {
    for (Process process : started) {
      process.destroy();
    }
    for (Process process : started) {
      process.waitFor(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void aClusterPublishesWhatOneProcessDoes() throws Exception {
    String master = cluster();

    assertThat(rows(published(master))).isEqualTo(rows(published("local[2]")));
  }

  /** The lake of a day that was run stage by stage on a master. */
  private String published(String master) throws Exception {
    String root = Lakes.newRoot();
    byte[] file = Files.readAllBytes(OnlineRetail.bundled().resolve(DAY + ".csv"));
    Lakes.lake(root).createIfAbsent("landing/retail/orders/" + DAY + ".csv", file);
    for (String stage : List.of("bronze", "silver", "gold", "ml")) {
      submit(master, root, stage);
    }
    return root;
  }

  private static Map<String, List<String>> rows(String root) {
    return ReleasedRows.of(root, new ReleaseLog(Lakes.lake(root), "retail").latest().orElseThrow());
  }

  private void submit(String master, String root, String stage) throws Exception {
    Path log = folder.resolve(stage + root.hashCode() + ".log");
    ProcessBuilder builder =
        command(
            log,
            "bin/spark-submit",
            "--master",
            master,
            "--deploy-mode",
            "client",
            "--jars",
            jars(),
            "--class",
            "dev.assay." + stage + "." + JOBS.get(stage),
            home.resolve(".runtime/assay/jobs-" + stage + ".jar").toString(),
            "--pipeline",
            "retail",
            "--date",
            DAY);
    Map<String, String> environment = builder.environment();
    environment.put("ASSAY_HOME", home.toString());
    environment.put("ASSAY_ENVIRONMENT", "minio");
    environment.put("ASSAY_LAKE", root);
    environment.put("ASSAY_LANDING", root + "/landing");
    environment.put("ASSAY_STORE_ENDPOINT", MinioServer.get().endpoint());
    Process process = builder.start();
    started.add(process);
    assertThat(process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)).as(log.toString()).isTrue();
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
  }

  private String jars() throws IOException {
    try (Stream<Path> jars = Files.list(home.resolve(".runtime/jars"))) {
      return jars.map(Path::toString).collect(Collectors.joining(","));
    }
  }

  /** Starts a master and two workers; its address. */
  private String cluster() throws Exception {
    String port = freePort();
    String address = "spark://127.0.0.1:" + port;
    Path log = folder.resolve("master.log");
    start(log, "deploy.master.Master", "--port", port);
    for (String worker : List.of("one", "two")) {
      start(
          folder.resolve(worker + ".log"),
          "deploy.worker.Worker",
          "--cores",
          "1",
          "--memory",
          "2g",
          "--work-dir",
          folder.resolve(worker).toString(),
          address);
    }
    long deadline = System.nanoTime() + LONGEST.toNanos();
    while (Files.readString(log).split("Registering worker", -1).length < 3) {
      assertThat(System.nanoTime()).as(Files.readString(log)).isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(200);
    }
    return address;
  }

  private void start(Path log, String main, String... options) throws IOException {
    List<String> words = new ArrayList<>(List.of("bin/spark-class", "org.apache.spark." + main));
    words.addAll(List.of("--host", "127.0.0.1", "--webui-port", "0"));
    words.addAll(List.of(options));
    started.add(command(log, words.toArray(String[]::new)).start());
  }

  private ProcessBuilder command(Path log, String... words) {
    List<String> command = new ArrayList<>(List.of(words));
    command.set(0, sparkHome.resolve(words[0]).toString());
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("SPARK_HOME", sparkHome.toString());
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().put("AWS_ACCESS_KEY_ID", MinioServer.USER);
    builder.environment().put("AWS_SECRET_ACCESS_KEY", MinioServer.SECRET);
    return builder;
  }

  private static String freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return Integer.toString(socket.getLocalPort());
    }
  }
}
