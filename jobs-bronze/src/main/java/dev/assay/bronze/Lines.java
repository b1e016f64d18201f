package dev.assay.bronze;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.zip.ZipException;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file's lines as bytes, so that none are lost to decoding. A line ends with LF or CR LF; a
 * byte-order mark before the first is taken off; a name ending in {@code .gz} is unpacked.
 */
final class Lines implements AutoCloseable {
  private static final int BUFFER = 1 << 16;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final DigestInputStream delivered;
  private final InputStream bytes;
  private long number;

  private Lines(DigestInputStream delivered, InputStream bytes) {
    this.delivered = delivered;
    this.bytes = bytes;
  }

  /**
   * Opens a file.
   *
   * @param digest is fed with the bytes as delivered
   */
  static Lines open(Path file, Configuration conf, MessageDigest digest) throws IOException {
    DigestInputStream delivered =
        new DigestInputStream(file.getFileSystem(conf).open(file), digest);
    InputStream unpacked = file.getName().endsWith(".gz") ? new Unpacked(delivered) : delivered;
    return new Lines(delivered, new BufferedInputStream(unpacked, BUFFER));
  }

  /**
   * One line.
   *
   * @param number its number, from 1
   * @param content its bytes, without its end
   * @param ended whether it has a line end
   */
  @SuppressWarnings("ArrayRecordComponent") // lines are read, never compared
  record Line(long number, byte[] content, boolean ended) {

    /** The line as text, each byte that is not UTF-8 replaced. */
    String text() {
      return new String(content, StandardCharsets.UTF_8);
    }

    /** The line as text; null if it is not UTF-8. */
    @Nullable String strictText() {
      try {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      } catch (CharacterCodingException notUtf8) {
        return null;
      }
    }
  }

  /**
   * A gzip file of any number of members, to its very end. The JDK's own stream takes a damaged
   * member after the first for the end of the file, and loses it.
   */
  private static final class Unpacked extends FilterInputStream {

    /** Wraps a store's stream, whose own errors stay what they are. */
    Unpacked(InputStream delivered) throws IOException {
      super(null);
      this.in =
          damageOf(
              () ->
                  GzipCompressorInputStream.builder()
                      .setInputStream(new Delivered(delivered))
                      .setDecompressConcatenated(true)
                      .get());
    }

    @Override
    public int read() throws IOException {
      return damageOf(in::read);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      return damageOf(() -> in.read(into, offset, length));
    }

    private static <T> T damageOf(IOCallable<T> reading) throws IOException {
      try {
        return reading.call();
      } catch (UncheckedIOException fromStore) {
        throw fromStore.getCause();
      } catch (IOException damaged) {
        ZipException damage = new ZipException(damaged.getMessage());
        damage.initCause(damaged);
        throw damage;
      }
    }
  }

  /** The store's stream, whose errors pass through the unpacking as what they are. */
  private static final class Delivered extends FilterInputStream {
    Delivered(InputStream in) {
      super(new BufferedInputStream(in, BUFFER));
    }

    @Override
    public int read() throws IOException {
      try {
        return super.read();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      try {
        return super.read(into, offset, length);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @FunctionalInterface
  private interface IOCallable<T> {
    T call() throws IOException;
  }

  /** The next line; null after the last. */
  @Nullable Line next() throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream(256);
    int next = bytes.read();
    if (next < 0) {
      return null;
    }
    while (next >= 0 && next != '\n') {
      content.write(next);
      next = bytes.read();
    }
    number++;
    boolean ended = next == '\n';
    byte[] line = content.toByteArray();
    return new Line(number, withoutMark(ended ? withoutReturn(line) : line), ended);
  }

  /** Reads what is left of the file as delivered, so that its digest is complete. */
  void drain() throws IOException {
    delivered.transferTo(java.io.OutputStream.nullOutputStream());
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }

  private static byte[] withoutReturn(byte[] line) {
    boolean returned = line.length > 0 && line[line.length - 1] == '\r';
    return returned ? Arrays.copyOf(line, line.length - 1) : line;
  }

  private byte[] withoutMark(byte[] line) {
    boolean marked =
        number == 1
            && line.length >= BYTE_ORDER_MARK.length
            && Arrays.equals(line, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, 3);
    return marked ? Arrays.copyOfRange(line, BYTE_ORDER_MARK.length, line.length) : line;
  }
}
