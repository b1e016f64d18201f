package dev.assay.config;

import java.util.Locale;
import java.util.Optional;

/** How a feed's files are written. */
public enum FeedFormat {
  /** As each file's name says: .csv, .txt; .json, .jsonl, .ndjson; .parquet. */
  BY_NAME,
  /** A record a line, as RFC 4180 has it. */
  CSV,
  /** A JSON object a line. */
  JSON,
  /** Apache Parquet, without columns that hold several values. */
  PARQUET;

  /** What the name of a file that is not packed says of its format; empty if it says none. */
  public static Optional<FeedFormat> ofName(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)) {
      case "csv", "txt" -> Optional.of(CSV);
      case "json", "jsonl", "ndjson" -> Optional.of(JSON);
      case "parquet" -> Optional.of(PARQUET);
      default -> Optional.empty();
    };
  }
}
