package dev.assay.samples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes rows to a file of one format. */
interface RowWriter extends AutoCloseable {
  /** Writes a row after those before. */
  void write(Row row) throws IOException;

  @Override
  void close() throws IOException;

  /** Opens a file that is not there yet; its folder is made. */
  static RowWriter open(Path file, Layout layout, Format format, Compression compression)
      throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    return switch (format) {
      case CSV -> new CsvRows(Lines.create(file, compression), layout);
      case JSON -> new JsonRows(Lines.create(file, compression), layout);
      case PARQUET -> new ParquetRows(file, layout, compression);
    };
  }
}
