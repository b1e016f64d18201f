package dev.assay.bronze;

import org.jspecify.annotations.Nullable;

/**
 * One record of a file.
 *
 * @param position its line, or in Parquet its row, from 1
 * @param fields the texts of its fields, in the order of their file's names; those of names that
 *     came first with a later record are left off
 * @param malformed why it has no fields; null if it has
 * @param raw its bytes, if it has no fields
 */
@SuppressWarnings("ArrayRecordComponent") // records are read, never compared
record FeedRecord(
    long position, @Nullable String[] fields, @Nullable String malformed, byte @Nullable [] raw) {

  static FeedRecord of(long position, @Nullable String[] fields) {
    return new FeedRecord(position, fields, null, null);
  }

  static FeedRecord malformed(long position, String why, byte[] raw) {
    return new FeedRecord(position, new String[0], why, raw);
  }

  /** The text of a field; null if it is not there. */
  @Nullable String field(int n) {
    return n >= 0 && n < fields.length ? fields[n] : null;
  }
}
