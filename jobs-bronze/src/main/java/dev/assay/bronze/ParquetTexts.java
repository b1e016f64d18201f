package dev.assay.bronze;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * A Parquet row's values as texts, filled in by Parquet's reader as it goes through the row.
 *
 * <p>A row is no run of bytes in its file, so what is kept of one that cannot be taken in is a JSON
 * object of its texts by name, without those that are null. What is not UTF-8 is in it as {@code
 * {"hex": "61ff"}}, which no text is.
 */
final class ParquetTexts extends RecordMaterializer<ParquetTexts> {
  private static final JsonFactory JSON = new JsonFactory();

  private final GroupConverter row = new Row();
  private final List<Converter> columns = new ArrayList<>();
  private final List<String> names;
  private final BitSet notUtf8 = new BitSet();
  private @Nullable String[] texts = new String[0];

  /**
   * The texts of a schema's columns.
   *
   * @throws AssayException with REFUSED if a column has none
   */
  ParquetTexts(Path file, MessageType schema) {
    names = schema.getFields().stream().map(Type::getName).toList();
    List<String> without = new ArrayList<>();
    for (Type column : schema.getFields()) {
      ParquetText text = ParquetText.of(column);
      if (text == null) {
        without.add(column.toString());
      } else {
        columns.add(new Column(columns.size(), text));
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
    return notUtf8.isEmpty()
        ? FeedRecord.of(position, texts)
        : FeedRecord.malformed(position, why(), raw());
  }

  private String why() {
    return "not UTF-8: "
        + (notUtf8.cardinality() == 1 ? "column " : "columns ")
        + notUtf8.stream()
            .mapToObj(place -> "'" + names.get(place) + "'")
            .collect(Collectors.joining(", "));
  }

  private byte[] raw() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes, JsonEncoding.UTF8)) {
      json.writeStartObject();
      for (int place = 0; place < texts.length; place++) {
        String text = texts[place];
        if (text != null) {
          write(json, place, text);
        }
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a text cannot fail to be written", e);
    }
    return bytes.toByteArray();
  }

  private void write(JsonGenerator json, int place, String text) throws IOException {
    if (notUtf8.get(place)) {
      json.writeObjectFieldStart(names.get(place));
      json.writeStringField("hex", text);
      json.writeEndObject();
    } else {
      json.writeStringField(names.get(place), text);
    }
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
      notUtf8.clear();
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
    private final ParquetText text;

    Column(int place, ParquetText text) {
      this.place = place;
      this.text = text;
    }

    @Override
    public void addBinary(Binary value) {
      String of = text.of(value);
      if (of == null) {
        notUtf8.set(place);
        of = HexFormat.of().formatHex(value.getBytes());
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
