package dev.assay.job;

import dev.assay.config.Stage;
import dev.assay.config.TableDay;
import dev.assay.ledger.Attempt;
import dev.assay.release.Rollback;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** The record of an attempt of this process. */
public final class Attempts {
  private Attempts() {}

  /** An attempt of no stage, as a rollback is. */
  public static Rollback.AttemptOf outsideStages(String runId) {
    return tableDays -> of(tableDays, null, runId, CodeVersion.of(Attempts.class));
  }

  static LongFunction<Attempt> of(
      Collection<TableDay> tableDays, @Nullable Stage stage, String runId, String code) {
    return token ->
        new Attempt(
            token,
            stage,
            List.copyOf(tableDays),
            runId,
            Instant.now(),
            host(),
            ProcessHandle.current().pid(),
            code);
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException noName) {
      return "localhost";
    }
  }
}
