package dev.assay.export;

import static org.apache.spark.sql.functions.base64;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import dev.assay.config.ExportConfig;
import dev.assay.config.TableContract;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Rows of a table as an export has them. */
public final class ExportedRows {
  /** A key is there whether it has a value or not, and a time has all its digits. */
  private static final Map<String, String> JSON =
      Map.of("ignoreNullFields", "false", "timestampFormat", "yyyy-MM-dd'T'HH:mm:ss[.SSSSSS]XXX");

  private ExportedRows() {}

  /**
   * The rows of some days in the order of day, key and then all that tells two rows apart, with the
   * export's columns by its names.
   *
   * @param table the rows of the table
   * @param contract its contract
   * @param days the business dates, the first and the last of which count; all where it is empty
   */
  public static Dataset<Row> of(
      Dataset<Row> table, TableContract contract, ExportConfig export, List<LocalDate> days) {
    Column day = col(contract.partition());
    Dataset<Row> rows =
        days.isEmpty()
            ? table
            : table.where(day.between(lit(days.get(0)), lit(days.get(days.size() - 1))));
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < export.columns().size(); i++) {
      columns.add(col("`" + export.columns().get(i) + "`").as(export.names().get(i)));
    }
    return rows.orderBy(order(table, contract)).select(columns.toArray(Column[]::new));
  }

  /**
   * A table has no order, and a file that is made again is to be the same, also where the table has
   * no key. What has no order of its own, as a map has none, is ordered by its text.
   */
  private static Column[] order(Dataset<Row> table, TableContract contract) {
    Set<String> names = new LinkedHashSet<>(List.of(contract.partition()));
    names.addAll(contract.key());
    names.addAll(List.of(table.columns()));
    return names.stream().map(name -> ordered(table.schema().apply(name))).toArray(Column[]::new);
  }

  private static Column ordered(StructField field) {
    Column column = col("`" + field.name() + "`");
    return isNested(field.dataType()) ? to_json(column, JSON) : column;
  }

  private static boolean isNested(DataType type) {
    return type instanceof ArrayType || type instanceof MapType || type instanceof StructType;
  }

  /** The same rows, in which every value is one that a field of CSV can hold. */
  static Dataset<Row> flat(Dataset<Row> rows) {
    return rows.select(
        Arrays.stream(rows.schema().fields()).map(ExportedRows::flat).toArray(Column[]::new));
  }

  private static Column flat(StructField field) {
    Column column = col("`" + field.name() + "`");
    DataType type = field.dataType();
    if (isNested(type)) {
      return to_json(column, JSON).as(field.name());
    }
    return type instanceof BinaryType ? base64(column).as(field.name()) : column;
  }

  /** Each row as a JSON object. */
  static Dataset<Row> objects(Dataset<Row> rows) {
    return rows.select(to_json(struct(col("*")), JSON));
  }
}
