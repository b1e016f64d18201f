package dev.assay.table;

import dev.assay.audit.Rejections;
import dev.assay.config.TableContract;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Where rejected rows go, whole, each with every reason: one Delta table a table, with the columns
 * table_day date, attempt bigint, reasons array of strings, record string (the row as it was
 * received, as JSON; bytes in it are base64).
 *
 * <p>A table-day has the rows of the attempt that is published, and of each one after it, which
 * failed or may yet be published: a refused attempt's rows are there to be looked at, and it takes
 * nothing away from what is published.
 */
public final class Quarantine {
  private static final String TABLE_DAY = "table_day";
  private static final String ATTEMPT = "attempt";

  private static final StructType SCHEMA =
      new StructType()
          .add(TABLE_DAY, DataTypes.DateType)
          .add(ATTEMPT, DataTypes.LongType)
          .add("reasons", DataTypes.createArrayType(DataTypes.StringType))
          .add("record", DataTypes.StringType);

  private final DeltaTables tables;
  private final TableCommits commits;
  private final Map<String, String> properties;

  Quarantine(DeltaTables tables, TableCommits commits, Map<String, String> properties) {
    this.tables = tables;
    this.commits = commits;
    this.properties = properties;
  }

  /** The layout of a table's quarantine. */
  public static TableLayout layout(TableContract contract) {
    return new TableLayout(
        contract.name(),
        LakePaths.quarantine(contract.name()),
        "Rows that checks of " + contract.name() + " rejected.",
        List.of(TABLE_DAY, ATTEMPT),
        SCHEMA);
  }

  /** Where rows of an attempt go that its audit rejects, as they pass. */
  SideFiles files(Draft draft, CommitNote note) {
    Map<String, String> attempt = new LinkedHashMap<>();
    attempt.put(TABLE_DAY, draft.day().toString());
    attempt.put(ATTEMPT, Long.toString(note.attempt()));
    return tables.beside(layout(draft.contract()), attempt);
  }

  /** Takes rejected rows into such files. */
  static Rejections into(SideFiles files) {
    return (reasons, record) ->
        files.add(
            new GenericInternalRow(
                new Object[] {
                  new GenericArrayData(reasons.stream().map(UTF8String::fromString).toArray()),
                  UTF8String.fromString(record)
                }));
  }

  /**
   * Adds the rows that an attempt rejected, before its table commits.
   *
   * @param expected how many rows the audit rejected
   * @return whether the table-day has other attempts' rows, to be cleared once this one is
   *     published
   */
  boolean add(Draft draft, WrittenFiles rejected, long expected, CommitNote note) {
    TableLayout layout = layout(draft.contract());
    String day = draft.day().toString();
    if (rejected.records() != expected) {
      throw new AssayException(
          ExitCode.UNEXPECTED,
          "the audit of "
              + draft.contract().name()
              + "/"
              + day
              + " rejected "
              + expected
              + " rows, but "
              + rejected.records()
              + " reached quarantine; nothing was published, because rows would be lost");
    }
    if (expected == 0 && commits.newestVersion(layout) < 0) {
      return false;
    }
    if (expected > 0) {
      tables.ensure(layout, properties, note.json());
    }
    long published = commits.fence(TableLayout.of(draft.contract()), List.of(day));
    // Below the fence no attempt can be published any more; our number is there if a ledger was
    // lost.
    return commits.exchange(
        layout,
        day,
        file -> attempt(file) < published || attempt(file) == note.attempt(),
        rejected.actions(),
        note.json());
  }

  /** Removes the rows of attempts before one that was published. */
  void clear(Draft draft, CommitNote note) {
    commits.exchange(
        layout(draft.contract()),
        draft.day().toString(),
        file -> attempt(file) < note.attempt(),
        List.of(),
        note.json());
  }

  private static long attempt(Map<String, String> file) {
    return Long.parseLong(Objects.requireNonNull(file.get(ATTEMPT), "every file has an attempt"));
  }
}
