package dev.assay.samples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/** Rows as Parquet, every column an optional text. A row cannot be torn there. */
final class ParquetRows implements RowWriter {
  /** Bytes that are gathered before they are written; more would only take memory. */
  private static final long ROW_GROUP = 16L << 20;

  private final ParquetWriter<Row> writer;

  ParquetRows(Path file, Layout layout, Compression compression) throws IOException {
    this.writer =
        new Builder(new LocalOutputFile(file), new RowSupport(layout))
            .withConf(new PlainParquetConfiguration())
            .withRowGroupSize(ROW_GROUP)
            .withCompressionCodec(
                compression == Compression.GZIP
                    ? CompressionCodecName.GZIP
                    : CompressionCodecName.UNCOMPRESSED)
            .build();
  }

  @Override
  public void write(Row row) throws IOException {
    writer.write(row);
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }

  private static final class Builder extends ParquetWriter.Builder<Row, Builder> {
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
    protected WriteSupport<Row> getWriteSupport(Configuration conf) {
      return support;
    }

    @Override
    protected WriteSupport<Row> getWriteSupport(ParquetConfiguration conf) {
      return support;
    }
  }

  /** Tells Parquet the columns, and a row's values. */
  private static final class RowSupport extends WriteSupport<Row> {
    private final MessageType schema;
    private final String[] names;
    private @Nullable RecordConsumer given;

    RowSupport(Layout layout) {
      Types.MessageTypeBuilder columns = Types.buildMessage();
      for (String name : layout.columns()) {
        columns
            .optional(PrimitiveTypeName.BINARY)
            .as(LogicalTypeAnnotation.stringType())
            .named(name);
      }
      this.schema = columns.named("rows");
      this.names = layout.columns().toArray(String[]::new);
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
    public void write(Row row) {
      RecordConsumer consumer = Objects.requireNonNull(given, "no file is open");
      consumer.startMessage();
      for (int i = 0; i < names.length; i++) {
        String value = row.values()[i];
        if (value != null) {
          consumer.startField(names[i], i);
          consumer.addBinary(Binary.fromString(value));
          consumer.endField(names[i], i);
        }
      }
      consumer.endMessage();
    }
  }
}
