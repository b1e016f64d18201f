package dev.assay.table;

import dev.assay.config.ColumnContract;
import dev.assay.config.Derivation;
import dev.assay.config.Stage;
import dev.assay.config.TableContract;
import dev.assay.config.TableName;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * How a Delta table looks: its folder, its columns, its partitions.
 *
 * @param name the table whose rows or rejected rows it holds
 * @param folder its folder below the lake's root
 * @param description what a row of it is
 * @param partitions its partition columns; the first is the date that table-days are told apart by
 * @param schema its columns; all of them may be null for Delta, the contract's checks know better
 * @param isOpen whether the table may have more columns, in any order: those that a feed added on
 *     one day are null on the others, whose files do not have them
 */
public record TableLayout(
    TableName name,
    String folder,
    String description,
    List<String> partitions,
    StructType schema,
    boolean isOpen) {

  /** The layout of a table that has these columns, in this order, and no other. */
  public TableLayout(
      TableName name,
      String folder,
      String description,
      List<String> partitions,
      StructType schema) {
    this(name, folder, description, partitions, schema, false);
  }

  /** The layout of a contract's table. */
  public static TableLayout of(TableContract contract) {
    List<StructField> fields = new ArrayList<>();
    for (ColumnContract column : contract.columns()) {
      StructField field =
          DataTypes.createStructField(column.name(), DataType.fromDDL(column.type()), true);
      fields.add(field.withComment(column.comment()));
    }
    return new TableLayout(
        contract.name(),
        LakePaths.table(contract.stage(), contract.name()),
        contract.description(),
        List.of(contract.partition()),
        DataTypes.createStructType(fields),
        contract.derivation() instanceof Derivation.Received);
  }

  /** What is known of a table whose contract is not at hand: where it is, for its files alone. */
  public static TableLayout ofFiles(Stage stage, TableName name) {
    return new TableLayout(name, LakePaths.table(stage, name), "", List.of(), new StructType());
  }

  /** The column that table-days are told apart by. */
  public String partition() {
    return partitions.get(0);
  }

  /** The id under which Delta keeps the token of a table-day's newest attempt. */
  public String fenceId(String day) {
    return folder + "/" + day;
  }

  /** Whether a schema has these columns, of these types, in this order. */
  public boolean sameColumns(StructType other) {
    return Arrays.equals(columnsOf(schema), columnsOf(other));
  }

  /** The columns of a table that had these and was written to since. */
  public StructType after(StructType present) {
    return isThatOf(present) ? present : evolved(present);
  }

  /** Whether a table that has these columns is laid out like this. */
  boolean isThatOf(StructType table) {
    return isOpen
        ? Arrays.asList(columnsOf(table)).containsAll(Arrays.asList(columnsOf(schema)))
        : sameColumns(table);
  }

  /**
   * The schema after adding the columns that {@code present} lacks.
   *
   * @throws AssayException with USAGE if a column went, changed its type or its place; of an open
   *     table with REFUSED if a column that is to be added is there in another case or type
   */
  StructType evolved(StructType present) {
    return isOpen ? widened(present) : extended(present);
  }

  private StructType widened(StructType present) {
    List<String> had = Arrays.asList(columnsOf(present));
    StructType all = present;
    for (StructField field : schema.fields()) {
      for (StructField there : present.fields()) {
        if (there.name().equalsIgnoreCase(field.name()) && !had.contains(text(field))) {
          throw new AssayException(
              ExitCode.REFUSED,
              "column '"
                  + text(field)
                  + "' cannot be added to "
                  + name
                  + ", which has '"
                  + text(there)
                  + "': the two differ in case or type alone. Nothing of the day was published;"
                  + " deliver it under the name that is there, or let the feed set it aside (drift ="
                  + " rescue)");
        }
      }
      all = had.contains(text(field)) ? all : all.add(field);
    }
    return all;
  }

  private StructType extended(StructType present) {
    String[] wanted = columnsOf(schema);
    String[] had = columnsOf(present);
    boolean onlyMore =
        wanted.length > had.length && Arrays.equals(wanted, 0, had.length, had, 0, had.length);
    if (wanted.length < had.length
        && Arrays.equals(wanted, 0, wanted.length, had, 0, wanted.length)) {
      throw new AssayException(
          ExitCode.USAGE,
          name
              + " has more columns than the contract that it is to be written by: "
              + String.join(", ", Arrays.copyOfRange(had, wanted.length, had.length))
              + ". A column that was published once stays; give it back to the contract. What was"
              + " made before the column came cannot be made as it was");
    }
    if (!onlyMore) {
      throw new AssayException(
          ExitCode.USAGE,
          "the contract of "
              + name
              + " has "
              + schema.simpleString()
              + ", but the table in the lake has "
              + present.simpleString()
              + ". Columns can be added at the end of a contract; they cannot go, move or change"
              + " type, because every published day and release has them. Give the changed table"
              + " another name and backfill it");
    }
    return schema;
  }

  private static String[] columnsOf(StructType type) {
    return Arrays.stream(type.fields()).map(TableLayout::text).toArray(String[]::new);
  }

  private static String text(StructField field) {
    return field.name() + " " + field.dataType().catalogString();
  }
}
