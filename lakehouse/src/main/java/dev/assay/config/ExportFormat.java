package dev.assay.config;

import java.util.Locale;

/** How an exported file is written. */
public enum ExportFormat {
  /** Comma-separated with a header (RFC 4180). */
  CSV("csv"),
  /** A JSON object a line. */
  JSON("jsonl"),
  PARQUET("parquet");

  private final String extension;

  ExportFormat(String extension) {
    this.extension = extension;
  }

  /** The end of a file's name, without the dot. */
  public String extension() {
    return extension;
  }

  /** As on the command line and in conf. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
