package dev.assay.store;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** A process that ends in the middle of a file, as one that is killed does. */
final class KilledWriter {
  /** That of a process that was killed. */
  static final int EXIT = 137;

  private static final int A_MEGABYTE = 1 << 20;

  private KilledWriter() {}

  public static void main(String[] args) throws IOException {
    WholeFile file =
        WholeFile.begin(new Path("file://" + args[0]), new Configuration(), Existing.KEPT);
    file.out().write(new byte[A_MEGABYTE]);
    Runtime.getRuntime().halt(EXIT);
  }
}
