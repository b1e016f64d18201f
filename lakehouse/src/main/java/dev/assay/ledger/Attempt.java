package dev.assay.ledger;

import dev.assay.config.Stage;
import dev.assay.config.TableDay;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One try of a stage at publishing table-days.
 *
 * @param token its number: higher than that of every attempt of the pipeline before it
 * @param stage the stage; null for a rollback
 * @param tableDays what it tries to publish
 * @param runId the run that tries
 * @param startedAt when
 * @param host where
 * @param pid the process there
 * @param code the version of the code
 */
public record Attempt(
    long token,
    @Nullable Stage stage,
    List<TableDay> tableDays,
    String runId,
    Instant startedAt,
    String host,
    long pid,
    String code) {

  /** An attempt of this process, now. */
  public static Attempt here(
      long token,
      @Nullable Stage stage,
      Collection<TableDay> tableDays,
      String runId,
      String code) {
    return new Attempt(
        token,
        stage,
        List.copyOf(tableDays),
        runId,
        Instant.now(),
        hostName(),
        ProcessHandle.current().pid(),
        code);
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException noName) {
      return "localhost";
    }
  }
}
