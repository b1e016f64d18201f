package dev.assay.bronze;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.util.Arrays;
import org.apache.commons.io.input.UnsynchronizedBufferedInputStream;
import org.apache.commons.io.output.UnsynchronizedByteArrayOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file's lines as bytes, so that none are lost to decoding. A line ends with LF or CR LF; a
 * byte-order mark before the first is taken off; what is packed is unpacked.
 */
final class Lines implements AutoCloseable {
  private static final int BUFFER = 1 << 16;
  private static final int LINE = 1 << 10;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final DigestInputStream delivered;
  // Read byte by byte, by one thread.
  private final InputStream bytes;
  private final UnsynchronizedByteArrayOutputStream content;
  private long number;

  private Lines(DigestInputStream delivered, InputStream bytes) {
    this.delivered = delivered;
    this.bytes = bytes;
    this.content = UnsynchronizedByteArrayOutputStream.builder().setBufferSize(LINE).get();
  }

  /** Opens a file. */
  static Lines open(Path file, Configuration conf) throws IOException {
    return of(file.getFileSystem(conf).open(file), Compression.of(file.getName()));
  }

  /** The lines of a file as a store delivers it, which is asked for large blocks alone. */
  static Lines of(InputStream stored, Compression compression) throws IOException {
    DigestInputStream delivered = Checksum.taken(stored);
    try {
      // Its builder() would be that of the class above it, which buffers nothing.
      return new Lines(
          delivered,
          new UnsynchronizedBufferedInputStream.Builder()
              .setInputStream(compression.unpacked(delivered))
              .setBufferSize(BUFFER)
              .get());
    } catch (IOException | RuntimeException e) {
      delivered.close();
      throw e;
    }
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

    /** The line as text; null if it is not UTF-8. */
    @Nullable String strictText() {
      try {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      } catch (CharacterCodingException notUtf8) {
        return null;
      }
    }
  }

  /** The next line; null after the last. */
  @Nullable Line next() throws IOException {
    content.reset();
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

  /** SHA-256 of the file as it was delivered, in hex; what is left of the file is read for it. */
  String checksum() throws IOException {
    return Checksum.of(delivered);
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
