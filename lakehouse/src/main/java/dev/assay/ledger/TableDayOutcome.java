package dev.assay.ledger;

import dev.assay.audit.AuditReport;
import dev.assay.config.TableDay;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What became of an attempt at one table-day.
 *
 * @param tableDay the table-day
 * @param kind what became of it
 * @param message why, in a sentence
 * @param version the table's Delta version that has it, if it was published
 * @param audit what its checks found, if it came to that
 * @param inputs the Delta versions it was made from, by table
 * @param basis what it was made from, or would have been; null if it was not known yet
 * @param recipe by what it was made; null if it was not published, or by something older
 */
public record TableDayOutcome(
    TableDay tableDay,
    OutcomeKind kind,
    String message,
    @Nullable Long version,
    @Nullable AuditReport audit,
    Map<String, Long> inputs,
    @Nullable Basis basis,
    @Nullable Recipe recipe) {
  private static final String ARCHIVED_IN = "archived in ";
  private static final Pattern ARCHIVED = Pattern.compile(ARCHIVED_IN + "(\\S+).*");

  /** What the message begins with of one whose rows are in a file of the archive. */
  public static String archivedIn(String file) {
    return ARCHIVED_IN + file;
  }

  /** The file of the archive that a message names; null if what became of it is another thing. */
  static @Nullable String archive(OutcomeKind kind, String message) {
    Matcher archived = ARCHIVED.matcher(message);
    return kind == OutcomeKind.ARCHIVED && archived.matches() ? archived.group(1) : null;
  }
}
