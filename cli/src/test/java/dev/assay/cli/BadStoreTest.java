package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.testing.JavaProcess;
import dev.assay.testing.Lakes;
import dev.assay.testing.MinioServer;
import dev.assay.testing.OnlineRetail;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that is down, refuses us, has no such bucket, is read-only or full: exit 6, and why. */
class BadStoreTest {
  @TempDir private Path folder;

  @Test
  void isDown() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }

    JavaProcess run = onS3("s3a://lakes/x", "http://127.0.0.1:" + closed, MinioServer.SECRET);

    assertUnreachable(run, "does not answer");
  }

  @Test
  void refusesOurCredentials() {
    String secret = "not-the-right-one";

    JavaProcess run = onS3(Lakes.newRoot(), MinioServer.get().endpoint(), secret);

    assertUnreachable(run, "credentials");
    assertThat(run.said()).doesNotContain(secret);
  }

  @Test
  void hasNoSuchBucket() {
    JavaProcess run = onS3("s3a://nowhere/lake", MinioServer.get().endpoint(), MinioServer.SECRET);

    assertUnreachable(run, "the bucket does not exist");
  }

  @Test
  void isReadOnly() throws IOException {
    assertUnreachable(onMount("ro,size=64m"), "give this user write access");
  }

  @Test
  void isFull() throws IOException {
    assertUnreachable(onMount("size=64k"), "the store is full");
  }

  private static JavaProcess onS3(String lake, String endpoint, String secret) {
    return AssayProcess.on(
            lake,
            OnlineRetail.bundled().toString(),
            "-D",
            "store.endpoint=" + endpoint,
            "-D",
            "store.connect-timeout=1 second",
            "-D",
            "store.attempts=1")
        .as(MinioServer.USER, secret)
        .run("run", "--pipeline", "retail", "--date", "2010-12-01", "--stage", "bronze");
  }

  /** A lake on a file system of its own, which only the process sees: nothing else is changed. */
  private JavaProcess onMount(String options) throws IOException {
    Path lake = Files.createDirectory(folder.resolve("lake"));
    Path landing = Files.createDirectories(folder.resolve("landing/retail/orders"));
    Files.copy(OnlineRetail.bundled().resolve("2010-12-01.csv"), landing.resolve("2010-12-01.csv"));
    String mount = "mount -t tmpfs -o " + options + " tmpfs " + lake + " && exec \"$@\"";
    return AssayProcess.on(lake.toString(), folder.resolve("landing").toString())
        .behind("unshare", "--user", "--map-root-user", "--mount", "sh", "-c", mount, "sh")
        .run("run", "--pipeline", "retail", "--date", "2010-12-01", "--stage", "bronze");
  }

  private static void assertUnreachable(JavaProcess run, String why) {
    assertThat(run.exitCode()).as(run.said()).isEqualTo(6);
    assertThat(run.said()).contains(why);
    assertThat(run.said()).doesNotContain("published of");
  }
}
