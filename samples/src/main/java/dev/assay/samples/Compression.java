package dev.assay.samples;

/** How files are packed: lines as a whole, Parquet by its pages. */
public enum Compression {
  NONE,
  GZIP
}
