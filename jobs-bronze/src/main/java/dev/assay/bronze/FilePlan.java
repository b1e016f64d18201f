package dev.assay.bronze;

import dev.assay.config.FeedConfig;
import dev.assay.config.FeedFormat;
import dev.assay.feed.Landing.LandedFile;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * What is known of a file before its rows are read: how it is written, what its fields are called,
 * and its checksum, which tells later whether it was changed while it was read.
 *
 * @param path the file
 * @param name its name, as rows have it
 * @param checksum SHA-256 of its bytes as delivered, in hex
 * @param format how it is written
 * @param names the names of its records' fields, in their order
 */
record FilePlan(String path, String name, String checksum, FeedFormat format, List<String> names)
    implements Serializable {

  /**
   * Looks at a file.
   *
   * @throws dev.assay.error.AssayException with REFUSED if it cannot be read, or not in its format
   */
  static FilePlan of(LandedFile landed, FeedConfig feed, Configuration conf) {
    Path file = new Path(landed.path());
    FeedFormat format = FileFormat.of(feed, file);
    try (Records records = FileFormat.open(file, format, TextLayout.of(feed), conf)) {
      List<String> names = new ArrayList<>(records.names());
      return new FilePlan(landed.path(), landed.name(), records.checksum(), format, names);
    } catch (IOException e) {
      throw DamagedFile.explain(landed.path(), e);
    }
  }

  /** Its records, of which none was read. */
  Records open(TextLayout layout, Configuration conf) throws IOException {
    return FileFormat.open(new Path(path), format, layout, conf);
  }
}
