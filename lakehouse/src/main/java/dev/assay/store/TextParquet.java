package dev.assay.store;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/** A Parquet file in which every column is an optional text. */
public final class TextParquet implements Closeable {
  /** Bytes that are gathered before they are written; more would only take memory. */
  private static final long ROW_GROUP = 16L << 20;

  private final ParquetWriter<@Nullable String[]> writer;

  /**
   * Begins a file.
   *
   * @param columns their names, in order
   */
  public TextParquet(OutputFile file, List<String> columns, CompressionCodecName codec)
      throws IOException {
    this.writer =
        new Builder(file, new RowSupport(columns))
            .withConf(new PlainParquetConfiguration())
            .withRowGroupSize(ROW_GROUP)
            .withCompressionCodec(codec)
            .build();
  }

  /**
   * Writes a row after those before.
   *
   * @param texts a text a column, null where it has none
   */
  public void write(@Nullable String[] texts) throws IOException {
    writer.write(texts);
  }

  /** Ends the file. */
  @Override
  public void close() throws IOException {
    writer.close();
  }

  private static final class Builder extends ParquetWriter.Builder<@Nullable String[], Builder> {
    private final RowSupport support;

    Builder(OutputFile file, RowSupport support) {
      super(file);
      this.support = support;
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    @SuppressWarnings("deprecation") // there is no other way to leave it to its successor
    protected WriteSupport<@Nullable String[]> getWriteSupport(Configuration conf) {
      return support;
    }

    @Override
    protected WriteSupport<@Nullable String[]> getWriteSupport(ParquetConfiguration conf) {
      return support;
    }
  }

  /** Tells Parquet the columns, and a row's texts. */
  private static final class RowSupport extends WriteSupport<@Nullable String[]> {
    private final MessageType schema;
    private final List<String> names;
    private @Nullable RecordConsumer given;

    RowSupport(List<String> columns) {
      Types.MessageTypeBuilder message = Types.buildMessage();
      for (String name : columns) {
        message
            .optional(PrimitiveTypeName.BINARY)
            .as(LogicalTypeAnnotation.stringType())
            .named(name);
      }
      this.schema = message.named("rows");
      this.names = columns;
    }

    @Override
    @SuppressWarnings("deprecation") // as above
    public WriteContext init(Configuration conf) {
      return new WriteContext(schema, Map.of());
    }

    @Override
    public WriteContext init(ParquetConfiguration conf) {
      return new WriteContext(schema, Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer consumer) {
      this.given = consumer;
    }

    @Override
    public void write(@Nullable String[] texts) {
      RecordConsumer consumer = Objects.requireNonNull(given, "no file is open");
      consumer.startMessage();
      for (int i = 0; i < texts.length; i++) {
        String text = texts[i];
        if (text != null) {
          consumer.startField(names.get(i), i);
          consumer.addBinary(Binary.fromString(text));
          consumer.endField(names.get(i), i);
        }
      }
      consumer.endMessage();
    }
  }
}
