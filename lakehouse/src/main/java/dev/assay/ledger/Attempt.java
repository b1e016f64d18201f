package dev.assay.ledger;

import java.time.Instant;
import java.time.LocalDate;

/**
 * One try at publishing a table-day.
 *
 * @param table the table, {@code retail.order_lines}
 * @param day the table-day
 * @param token its number: higher than that of every attempt before it
 * @param runId the run that tries
 * @param startedAt when
 * @param host where
 * @param pid the process there
 * @param code the version of the code
 */
public record Attempt(
    String table,
    LocalDate day,
    long token,
    String runId,
    Instant startedAt,
    String host,
    long pid,
    String code) {}
