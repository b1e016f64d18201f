package dev.assay.bronze;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The records of one file, as a stream. */
interface Records extends AutoCloseable {

  /**
   * The names of the fields, in the order in which a record has them. Where every record names its
   * own, this reads on to the end of the file, and the order is that of their first records.
   */
  List<String> names() throws IOException;

  /** The next record; null after the last. */
  @Nullable FeedRecord next() throws IOException;

  /** SHA-256 of the file as it was delivered, in hex; what is left of the file is read for it. */
  String checksum() throws IOException;

  @Override
  void close() throws IOException;
}
