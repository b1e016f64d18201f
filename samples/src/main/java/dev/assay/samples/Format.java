package dev.assay.samples;

import java.util.Locale;

/** How a feed's files are written. Every value is the same text in each of them. */
public enum Format {
  /** RFC 4180; no value is an empty field, an empty text a quoted one. */
  CSV,
  /** A line an object of texts; no value is null. */
  JSON,
  /** Columns of texts; no value is null. */
  PARQUET;

  /** What a file's name ends with. */
  String ending(Compression compression) {
    String name = "." + name().toLowerCase(Locale.ROOT);
    return compression == Compression.GZIP && this != PARQUET ? name + ".gz" : name;
  }
}
