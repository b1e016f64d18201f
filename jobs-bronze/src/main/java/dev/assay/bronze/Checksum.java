package dev.assay.bronze;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** SHA-256 of a file as it was delivered, in hex. */
final class Checksum {
  private Checksum() {}

  /** The checksum of what a stream gives, taken while it is read. */
  static DigestInputStream taken(InputStream bytes) {
    try {
      return new DigestInputStream(bytes, MessageDigest.getInstance("SHA-256"));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** The checksum of all that a stream gives; what is left of it is read. */
  static String of(DigestInputStream bytes) throws IOException {
    bytes.transferTo(OutputStream.nullOutputStream());
    return HexFormat.of().formatHex(bytes.getMessageDigest().digest());
  }

  /** The checksum of a file. */
  static String of(Path file, Configuration conf) throws IOException {
    try (DigestInputStream bytes = taken(file.getFileSystem(conf).open(file))) {
      return of(bytes);
    }
  }
}
