package dev.assay.bronze;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;
import shaded.parquet.org.apache.thrift.TException;

/** The rows of a Parquet file, a row group at a time. */
final class ParquetRecords implements Records {
  private final Path file;
  private final Configuration conf;
  private final ParquetFileReader reader;
  private final MessageType schema;
  private final ParquetTexts texts;
  private @Nullable RecordReader<ParquetTexts> group;
  private long left;
  private long position;

  private ParquetRecords(
      Path file, Configuration conf, ParquetFileReader reader, ParquetTexts texts) {
    this.file = file;
    this.conf = conf;
    this.reader = reader;
    this.schema = reader.getFileMetaData().getSchema();
    this.texts = texts;
  }

  /**
   * Opens a file.
   *
   * @throws dev.assay.error.AssayException with REFUSED if a column has no text
   */
  static ParquetRecords open(Path file, Configuration conf) throws IOException {
    InputFile input = HadoopInputFile.fromPath(file, conf);
    ParquetFileReader reader =
        damageOf(
            () ->
                ParquetFileReader.open(
                    input, HadoopReadOptions.builder(conf).usePageChecksumVerification().build()));
    try {
      ParquetTexts texts = new ParquetTexts(file, reader.getFileMetaData().getSchema());
      return new ParquetRecords(file, conf, reader, texts);
    } catch (RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  @Override
  public List<String> names() {
    return schema.getFields().stream().map(Type::getName).toList();
  }

  @Override
  public @Nullable FeedRecord next() throws IOException {
    RecordReader<ParquetTexts> rows = group();
    if (rows == null) {
      return null;
    }
    damageOf(rows::read);
    left--;
    position++;
    return texts.record(position);
  }

  private @Nullable RecordReader<ParquetTexts> group() throws IOException {
    while (left == 0) {
      PageReadStore pages = damageOf(reader::readNextRowGroup);
      if (pages == null) {
        return null;
      }
      left = pages.getRowCount();
      group =
          damageOf(() -> new ColumnIOFactory().getColumnIO(schema).getRecordReader(pages, texts));
    }
    return group;
  }

  /** Its parts are not read in their order, so that it is read once more. */
  @Override
  public String checksum() throws IOException {
    return Checksum.of(file, conf);
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  /** What is wrong with the content is told from what is wrong with the store. */
  private static <T> T damageOf(Callable<T> reading) throws IOException {
    try {
      return reading.call();
    } catch (IOException e) {
      throw e.getCause() instanceof TException ? new DamagedFile(e) : e;
    } catch (Exception e) {
      throw new DamagedFile(e);
    }
  }
}
