package dev.assay.config;

/** How a feed's files are written. */
public enum FeedFormat {
  /** As each file's name says: .csv, .txt; .json, .jsonl, .ndjson; .parquet. */
  BY_NAME,
  /** A record a line, as RFC 4180 has it. */
  CSV,
  /** A JSON object a line. */
  JSON,
  /** Apache Parquet, without columns that hold several values. */
  PARQUET
}
