package dev.assay.bronze;

import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** A Parquet row's values as texts, filled in by Parquet's reader as it goes through the row. */
final class ParquetTexts extends RecordMaterializer<ParquetTexts> {
  private final GroupConverter row = new Row();
  private final List<Converter> columns = new ArrayList<>();
  private @Nullable String[] texts = new String[0];
  private @Nullable String malformed;
  private byte[] raw = {};

  /**
   * The texts of a schema's columns.
   *
   * @throws AssayException with REFUSED if a column has none
   */
  ParquetTexts(Path file, MessageType schema) {
    List<String> without = new ArrayList<>();
    for (Type column : schema.getFields()) {
      ParquetText text = ParquetText.of(column);
      if (text == null) {
        without.add(column.toString());
      } else {
        columns.add(new Column(columns.size(), column.getName(), text));
      }
    }
    if (!without.isEmpty()) {
      throw new AssayException(
          ExitCode.REFUSED,
          file
              + " has columns of which bronze makes no text: "
              + String.join(", ", without)
              + ". Nothing of it was published, because they would be lost; deliver what is nested"
              + " as one column of JSON text, bytes as hex or base64, or leave them out");
    }
  }

  /** The record that was filled in last. */
  FeedRecord record(long position) {
    String why = malformed;
    return why == null ? FeedRecord.of(position, texts) : FeedRecord.malformed(position, why, raw);
  }

  @Override
  public ParquetTexts getCurrentRecord() {
    return this;
  }

  @Override
  public GroupConverter getRootConverter() {
    return row;
  }

  private final class Row extends GroupConverter {
    @Override
    public void start() {
      texts = new String[columns.size()];
      malformed = null;
    }

    @Override
    public void end() {}

    @Override
    public Converter getConverter(int column) {
      return columns.get(column);
    }
  }

  private final class Column extends PrimitiveConverter {
    private final int place;
    private final String name;
    private final ParquetText text;

    Column(int place, String name, ParquetText text) {
      this.place = place;
      this.name = name;
      this.text = text;
    }

    @Override
    public void addBinary(Binary value) {
      String of = text.of(value);
      if (of == null) {
        malformed = "not UTF-8: column '" + name + "'";
        raw = Arrays.copyOf(value.getBytes(), value.length());
      }
      texts[place] = of;
    }

    @Override
    public void addBoolean(boolean value) {
      texts[place] = Boolean.toString(value);
    }

    @Override
    public void addDouble(double value) {
      texts[place] = plain(Double.toString(value));
    }

    @Override
    public void addFloat(float value) {
      texts[place] = plain(Float.toString(value));
    }

    @Override
    public void addInt(int value) {
      texts[place] = text.of(value);
    }

    @Override
    public void addLong(long value) {
      texts[place] = text.of(value);
    }

    /** Java's text of a number, without the exponent of very large and very small ones. */
    private static String plain(String text) {
      return text.contains("E") ? new BigDecimal(text).stripTrailingZeros().toPlainString() : text;
    }
  }
}
