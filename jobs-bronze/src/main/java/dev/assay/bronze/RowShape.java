package dev.assay.bronze;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.assay.config.Drift;
import dev.assay.config.FeedConfig;
import dev.assay.config.ReceivedColumns;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** How a file's records become rows: which field is which column, and which are set aside. */
final class RowShape {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int ORIGIN_COLUMNS = 5;

  private final FilePlan plan;
  private final String file;
  private final int[] fields;
  private final int[] others;
  private final int width;

  private RowShape(FilePlan plan, int[] fields, int[] others, int width) {
    this.plan = plan;
    this.file = plan.name();
    this.fields = fields;
    this.others = others;
    this.width = width;
  }

  /**
   * The shape of a file's rows.
   *
   * @param columns the columns of what was received
   * @param drift what becomes of fields that are none of them
   */
  static RowShape of(FilePlan plan, List<String> columns, Drift drift) {
    List<String> names = new ArrayList<>(plan.names());
    names.replaceAll(FeedConfig::columnName);
    int[] fields = columns.stream().mapToInt(names::indexOf).toArray();
    int[] others =
        IntStream.range(0, names.size())
            .filter(n -> !columns.contains(names.get(n)))
            .boxed()
            .sorted(Comparator.comparing(plan.names()::get))
            .mapToInt(Integer::intValue)
            .toArray();
    return new RowShape(plan, fields, others, schema(columns, drift).size());
  }

  /** The columns of the rows. */
  static StructType schema(List<String> columns, Drift drift) {
    StructType schema = new StructType();
    for (String column : columns) {
      schema = schema.add(column, DataTypes.StringType);
    }
    schema =
        schema
            .add(ReceivedColumns.FILE, DataTypes.StringType)
            .add(ReceivedColumns.CHECKSUM, DataTypes.StringType)
            .add(ReceivedColumns.POSITION, DataTypes.LongType)
            .add(ReceivedColumns.MALFORMED, DataTypes.StringType)
            .add(ReceivedColumns.RAW, DataTypes.BinaryType);
    return drift == Drift.RESCUE
        ? schema.add(ReceivedColumns.RESCUED, DataTypes.StringType)
        : schema;
  }

  Row row(FeedRecord record) {
    Object[] values = new Object[width];
    int at = fields.length;
    for (int i = 0; i < at; i++) {
      values[i] = record.field(fields[i]);
    }
    values[at] = file;
    values[at + 1] = plan.checksum();
    values[at + 2] = record.position();
    values[at + 3] = record.malformed();
    values[at + 4] = record.raw();
    if (width > at + ORIGIN_COLUMNS) {
      values[at + ORIGIN_COLUMNS] = rescued(record);
    }
    return RowFactory.create(values);
  }

  /**
   * The fields that are no columns, by the names that the file has for them; null if none is. They
   * are ordered by name, so that the same record is the same text, whatever order it came in.
   */
  private @Nullable String rescued(FeedRecord record) {
    if (others.length == 0) {
      return null;
    }
    boolean any = false;
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      for (int n : others) {
        String value = record.field(n);
        if (value != null) {
          any = true;
          json.writeStringField(plan.names().get(n), value);
        }
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a text cannot fail to be written", e);
    }
    return any ? text.toString() : null;
  }
}
