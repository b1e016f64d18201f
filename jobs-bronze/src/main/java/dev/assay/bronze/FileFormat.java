package dev.assay.bronze;

import dev.assay.config.FeedConfig;
import dev.assay.config.FeedFormat;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** How a file is written: as its feed says, or else its name. */
final class FileFormat {
  private FileFormat() {}

  /**
   * The format of a file, which is not by name any more.
   *
   * @throws AssayException with REFUSED if its name does not say it, or it is Parquet that is
   *     packed
   */
  static FeedFormat of(FeedConfig feed, Path file) {
    Compression compression = Compression.of(file.getName());
    FeedFormat format =
        feed.format() == FeedFormat.BY_NAME
            ? FeedFormat.ofName(compression.unpackedName(file.getName()))
                .orElseThrow(() -> unknown(file))
            : feed.format();
    if (format == FeedFormat.PARQUET && compression != Compression.NONE) {
      throw new AssayException(
          ExitCode.REFUSED,
          file
              + " is Parquet that was packed as a whole, so that its parts cannot be found. Nothing"
              + " of it was published; deliver it unpacked, for Parquet packs its pages itself");
    }
    return format;
  }

  /** The records of a file that is written so. */
  static Records open(Path file, FeedFormat format, TextLayout layout, Configuration conf)
      throws IOException {
    return switch (format) {
      case CSV -> new CsvRecords(file, Lines.open(file, conf), layout);
      case JSON -> new JsonRecords(Lines.open(file, conf), layout);
      case PARQUET -> ParquetRecords.open(file, conf);
      case BY_NAME -> throw new IllegalArgumentException("the format of " + file + " is not known");
    };
  }

  private static AssayException unknown(Path file) {
    return new AssayException(
        ExitCode.REFUSED,
        "the name of "
            + file
            + " does not say how it is written: it ends in none of .csv .txt, .json .jsonl"
            + " .ndjson, .parquet, before .gz .zst .bz2 if it is packed. Nothing of it was"
            + " published; deliver it under such a name, or say in conf which format the feed"
            + " has (format = csv, json or parquet)");
  }
}
