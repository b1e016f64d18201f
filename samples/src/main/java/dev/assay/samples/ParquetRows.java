package dev.assay.samples;

import dev.assay.store.TextParquet;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;

/** Rows as Parquet, every column an optional text. A row cannot be torn there. */
final class ParquetRows implements RowWriter {
  private final TextParquet file;

  ParquetRows(Path path, Layout layout, Compression compression) throws IOException {
    this.file =
        new TextParquet(
            new LocalOutputFile(path),
            layout.columns(),
            compression == Compression.GZIP
                ? CompressionCodecName.GZIP
                : CompressionCodecName.UNCOMPRESSED);
  }

  @Override
  public void write(Row row) throws IOException {
    file.write(row.values());
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
