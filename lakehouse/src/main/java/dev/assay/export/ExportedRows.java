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
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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
   * The rows of some days in the order of day and key, with the export's columns by its names.
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
    // A table has no order; a file that is made again is to be the same.
    Column[] order =
        Stream.concat(Stream.of(contract.partition()), contract.key().stream())
            .map(name -> col("`" + name + "`"))
            .toArray(Column[]::new);
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < export.columns().size(); i++) {
      columns.add(col("`" + export.columns().get(i) + "`").as(export.names().get(i)));
    }
    return rows.orderBy(order).select(columns.toArray(Column[]::new));
  }

  /** The same rows, in which every value is one that a field of CSV can hold. */
  static Dataset<Row> flat(Dataset<Row> rows) {
    return rows.select(
        Arrays.stream(rows.schema().fields()).map(ExportedRows::flat).toArray(Column[]::new));
  }

  private static Column flat(StructField field) {
    Column column = col("`" + field.name() + "`");
    DataType type = field.dataType();
    if (type instanceof ArrayType || type instanceof MapType || type instanceof StructType) {
      return to_json(column, JSON).as(field.name());
    }
    return type instanceof BinaryType ? base64(column).as(field.name()) : column;
  }

  /** Each row as a JSON object. */
  static Dataset<Row> objects(Dataset<Row> rows) {
    return rows.select(to_json(struct(col("*")), JSON));
  }
}
