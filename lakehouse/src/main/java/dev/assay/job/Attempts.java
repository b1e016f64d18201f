package dev.assay.job;

import dev.assay.audit.AuditReport;
import dev.assay.config.TableDay;
import dev.assay.config.TableName;
import dev.assay.ledger.Attempt;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.Outcome;
import dev.assay.ledger.OutcomeKind;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The attempts that one run of a stage has open, and what is known of them so far. */
final class Attempts {
  private final Ledger ledger;
  private final String runId;
  private final String code;
  private final Map<TableDay, Attempt> open =
      new ConcurrentSkipListMap<>(Comparator.comparing(TableDay::toString));
  private final Map<TableDay, AuditReport> found = new ConcurrentHashMap<>();

  Attempts(Ledger ledger, String runId, String code) {
    this.ledger = ledger;
    this.runId = runId;
    this.code = code;
  }

  /** Opens an attempt at a table-day, unless one is open. */
  void open(TableDay tableDay, long fence) {
    open.computeIfAbsent(tableDay, key -> ledger.open(key, fence, token -> attempt(key, token)));
  }

  boolean isEmpty() {
    return open.isEmpty();
  }

  /** The token of the attempt at a table-day. */
  long token(TableDay tableDay) {
    return Objects.requireNonNull(open.get(tableDay), "no attempt is open").token();
  }

  /** The version of the code that tries. */
  String code() {
    return code;
  }

  /** Keeps what the audit of a table-day found, for the record. */
  void found(TableDay tableDay, AuditReport audit) {
    found.put(tableDay, audit);
  }

  /** Records the same outcome for every attempt: a stage's tables are published together or not. */
  void recordAll(OutcomeKind kind, String message) {
    for (Attempt attempt : open.values()) {
      TableDay tableDay = new TableDay(TableName.parse(attempt.table()), attempt.day());
      ledger.record(
          new Outcome(
              attempt.table(),
              attempt.day(),
              attempt.token(),
              kind,
              runId,
              Instant.now(),
              message,
              null,
              null,
              found.get(tableDay),
              Map.of(),
              code));
    }
  }

  private Attempt attempt(TableDay tableDay, long token) {
    return new Attempt(
        tableDay.table().toString(),
        tableDay.day(),
        token,
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
