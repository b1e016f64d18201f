package dev.assay.ledger;

import dev.assay.audit.AuditReport;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of an attempt.
 *
 * @param table the table, {@code retail.order_lines}
 * @param day the table-day
 * @param token the attempt
 * @param kind what became of it
 * @param runId the run
 * @param at when
 * @param message why, in a sentence
 * @param release the release that made it visible, if it was published
 * @param version the table's Delta version that has it, if it was published
 * @param audit what its checks found, if it came to that
 * @param inputs the Delta versions it was made from, by table
 * @param code the version of the code
 */
public record Outcome(
    String table,
    LocalDate day,
    long token,
    OutcomeKind kind,
    String runId,
    Instant at,
    String message,
    @Nullable Long release,
    @Nullable Long version,
    @Nullable AuditReport audit,
    Map<String, Long> inputs,
    String code) {}
