package dev.assay.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.config.ExportFormat;
import dev.assay.store.Existing;
import dev.assay.store.Json;
import dev.assay.store.StreamedFile;
import dev.assay.store.TextParquet;
import dev.assay.store.WholeFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * A file of rows: all of them or, where any cannot be read or written, no file.
 *
 * @param path where it is to be
 * @param existing what becomes of one that is there
 * @param conf the Hadoop settings that reach it
 */
public record ExportedFile(Path path, Existing existing, Configuration conf) {

  /**
   * Writes the file, in the order of the rows.
   *
   * @return how many rows it has
   */
  public long write(ExportFormat format, Dataset<Row> rows) throws IOException {
    return switch (format) {
      case CSV ->
          lines(
              CsvText.header(Arrays.asList(rows.columns())),
              ExportedRows.flat(rows)::toLocalIterator,
              CsvText::line);
      case JSON ->
          lines("", ExportedRows.objects(rows)::toLocalIterator, row -> row.getString(0) + "\n");
      case PARQUET -> parquet(rows);
    };
  }

  /**
   * Writes the file, without Spark, of rows that have texts alone.
   *
   * @param names the columns' names
   * @return how many rows it has
   */
  public long write(ExportFormat format, List<String> names, Iterator<Row> rows)
      throws IOException {
    return switch (format) {
      case CSV -> lines(CsvText.header(names), () -> rows, CsvText::line);
      case JSON -> lines("", () -> rows, row -> object(names, row));
      case PARQUET -> parquet(names, rows);
    };
  }

  private static String object(List<String> names, Row row) {
    ObjectNode object = Json.object();
    for (int i = 0; i < names.size(); i++) {
      object.put(names.get(i), row.getString(i));
    }
    return object + "\n";
  }

  /** A partition of the rows at a time, so that a table of any size can be written. */
  private long lines(String header, Supplier<Iterator<Row>> rows, Function<Row, String> line)
      throws IOException {
    try (WholeFile file = WholeFile.begin(path, conf, existing)) {
      Writer writer = new BufferedWriter(new OutputStreamWriter(file.out(), UTF_8));
      writer.write(header);
      long written = 0;
      for (Iterator<Row> all = rows.get(); all.hasNext(); written++) {
        writer.write(line.apply(all.next()));
      }
      writer.flush();
      file.keep();
      return written;
    }
  }

  private long parquet(List<String> names, Iterator<Row> rows) throws IOException {
    try (WholeFile file = WholeFile.begin(path, conf, existing)) {
      long written = parquet(new StreamedFile(file.out()), names, rows);
      file.keep();
      return written;
    }
  }

  private static long parquet(StreamedFile file, List<String> names, Iterator<Row> rows)
      throws IOException {
    try (TextParquet texts = new TextParquet(file, names, CompressionCodecName.ZSTD)) {
      long written = 0;
      for (; rows.hasNext(); written++) {
        Row row = rows.next();
        @Nullable String[] values = new String[names.size()];
        Arrays.setAll(values, row::getString);
        texts.write(values);
      }
      return written;
    }
  }

  /** Spark writes folders; what it wrote in one beside the file is copied, and the folder goes. */
  private long parquet(Dataset<Row> rows) throws IOException {
    FileSystem fs = path.getFileSystem(conf);
    Path folder = new Path(path.getParent(), path.getName() + "." + UUID.randomUUID() + ".tmp");
    try (WholeFile file = WholeFile.begin(path, conf, existing)) {
      rows.coalesce(1).write().parquet(folder.toString());
      for (FileStatus part : fs.globStatus(new Path(folder, "part-*"))) {
        try (InputStream in = fs.open(part.getPath())) {
          in.transferTo(file.out());
        }
      }
      long written = rows.sparkSession().read().parquet(folder.toString()).count();
      file.keep();
      return written;
    } finally {
      fs.delete(folder, true);
    }
  }
}
