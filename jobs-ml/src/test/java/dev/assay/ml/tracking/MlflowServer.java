package dev.assay.ml.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A real MLflow server on the loopback; the test is skipped where it is not installed, but fails in
 * CI.
 */
final class MlflowServer implements AutoCloseable {
  private final int port;
  private final Process process;

  private MlflowServer(int port, Process process) {
    this.port = port;
    this.process = process;
  }

  static MlflowServer start(Path folder) throws IOException, InterruptedException {
    Path program = Path.of(System.getProperty("assay.home")).resolve(".runtime/mlflow/bin/mlflow");
    boolean there = Files.isExecutable(program);
    if ("true".equals(System.getenv("CI"))) {
      assertThat(there).as("infra/mlflow/provide.sh must have run in CI").isTrue();
    }
    assumeTrue(there, "infra/mlflow/provide.sh has not run");
    int port = freePort();
    Process process =
        new ProcessBuilder(
                program.toString(),
                "server",
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--workers",
                "1",
                "--backend-store-uri",
                "sqlite:///" + folder.resolve("mlflow.db"),
                "--artifacts-destination",
                folder.resolve("artifacts").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("mlflow.log").toFile())
            .start();
    MlflowServer server = new MlflowServer(port, process);
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    server.awaitReady(folder);
    return server;
  }

  String uri() {
    return "http://127.0.0.1:" + port;
  }

  /** What it answers to a question. */
  String get(String path) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(uri() + path)).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private void awaitReady(Path folder) throws IOException, InterruptedException {
    long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
    while (System.nanoTime() < until) {
      if (!process.isAlive()) {
        throw new IllegalStateException(Files.readString(folder.resolve("mlflow.log")));
      }
      try {
        get("/health");
        return;
      } catch (IOException notYet) {
        process.waitFor(200, TimeUnit.MILLISECONDS);
      }
    }
    throw new IllegalStateException("MLflow did not answer within 3 minutes");
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
