package dev.assay.bronze;

import dev.assay.config.FeedConfig;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * What is known of a file before its rows are read: that its header is the feed's, and its
 * checksum, which tells later whether it was changed while it was read.
 *
 * @param path the file
 * @param checksum SHA-256 of its bytes as delivered, in hex
 * @param fields for each of the feed's columns, which field of a line has it
 */
record FilePlan(String path, String checksum, List<Integer> fields) implements Serializable {

  /**
   * Looks at a file.
   *
   * @throws AssayException with REFUSED if its header is not the feed's
   */
  static FilePlan of(Path file, FeedConfig feed, Configuration conf) {
    try {
      return new FilePlan(file.toString(), checksum(file, conf), fields(file, feed, conf));
    } catch (EOFException | ZipException cut) {
      throw cutOff(file.toString(), cut);
    } catch (IOException e) {
      throw new UncheckedIOException("could not read " + file + ": " + e.getMessage(), e);
    }
  }

  /** The file's name without its folders, which differ between machines. */
  String name() {
    return new Path(path).getName();
  }

  static AssayException cutOff(String file, Exception cause) {
    return new AssayException(
        ExitCode.REFUSED,
        file
            + " is cut off or damaged: it cannot be unpacked to its end ("
            + cause.getMessage()
            + "). Nothing of it was published, because nobody knows what is missing; deliver it"
            + " again, whole",
        cause);
  }

  private static String checksum(Path file, Configuration conf) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream bytes = new DigestInputStream(file.getFileSystem(conf).open(file), digest)) {
      bytes.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static List<Integer> fields(Path file, FeedConfig feed, Configuration conf)
      throws IOException {
    try (Lines lines = Lines.open(file, conf, sha256())) {
      Lines.Line header = lines.next();
      if (header == null) {
        throw new AssayException(
            ExitCode.REFUSED,
            file
                + " is empty: it has no header. Nothing was published; deliver a file that begins"
                + " with "
                + String.join(String.valueOf(feed.delimiter()), feed.columns()));
      }
      return fields(file, feed, header);
    }
  }

  private static List<Integer> fields(Path file, FeedConfig feed, Lines.Line header) {
    List<String> names;
    try {
      names = CsvLayout.split(header.text(), CsvLayout.of(feed).format());
    } catch (CsvLayout.NotOneRecord e) {
      names = List.of(header.text());
    }
    List<String> missing = new ArrayList<>(feed.columns());
    missing.removeAll(names);
    List<String> unexpected = new ArrayList<>(names);
    feed.columns().forEach(unexpected::remove);
    if (!missing.isEmpty() || !unexpected.isEmpty()) {
      throw new AssayException(
          ExitCode.REFUSED,
          "the header of "
              + file
              + " is not that of feed "
              + feed.name()
              + ": missing "
              + missing
              + ", unexpected or twice "
              + unexpected
              + ". Nothing was published, because columns would be lost or mixed up; deliver the"
              + " file with the columns "
              + feed.columns()
              + ", or change the feed's columns in conf");
    }
    return new ArrayList<>(feed.columns().stream().map(names::indexOf).toList());
  }
}
