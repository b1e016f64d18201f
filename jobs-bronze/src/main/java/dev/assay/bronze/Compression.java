package dev.assay.bronze;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** How a file is packed, by the ending of its name; unpacked to its very end, all its parts. */
enum Compression {
  NONE(""),
  // The JDK's own stream takes a damaged member after the first for the end, and loses it.
  GZIP(".gz"),
  ZSTD(".zst"),
  BZIP2(".bz2");

  private static final int BUFFER = 1 << 16;

  private final String ending;

  Compression(String ending) {
    this.ending = ending;
  }

  static Compression of(String file) {
    String name = file.toLowerCase(Locale.ROOT);
    for (Compression one : new Compression[] {GZIP, ZSTD, BZIP2}) {
      if (name.endsWith(one.ending)) {
        return one;
      }
    }
    return NONE;
  }

  /** A file's name without the ending. */
  String unpackedName(String file) {
    return file.substring(0, file.length() - ending.length());
  }

  /**
   * The content of a store's stream, whose own errors stay what they are.
   *
   * @throws DamagedFile if it is cut off or otherwise not packed like this; so may its reading
   */
  InputStream unpacked(InputStream delivered) throws IOException {
    return this == NONE ? delivered : new Unpacked(this, delivered);
  }

  private InputStream opened(InputStream packed) throws IOException {
    return switch (this) {
      case NONE -> packed;
      case GZIP ->
          GzipCompressorInputStream.builder()
              .setInputStream(packed)
              .setDecompressConcatenated(true)
              .get();
      case ZSTD -> new ZstdInputStream(packed);
      case BZIP2 -> new BZip2CompressorInputStream(packed, true);
    };
  }

  /** What is wrong with the content is told from what is wrong with the store. */
  private static final class Unpacked extends FilterInputStream {
    Unpacked(Compression compression, InputStream delivered) throws IOException {
      super(null);
      InputStream packed = new Delivered(delivered);
      packed.mark(1);
      boolean isEmpty = damageOf(packed::read) < 0;
      packed.reset();
      if (isEmpty) {
        // Nothing packed has some bytes; a decoder may take none for nothing.
        throw new DamagedFile(new IOException("it is empty"));
      }
      this.in = damageOf(() -> compression.opened(packed));
    }

    @Override
    public int read() throws IOException {
      return damageOf(in::read);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      return damageOf(() -> in.read(into, offset, length));
    }

    private static <T> T damageOf(Callable<T> reading) throws IOException {
      try {
        return reading.call();
      } catch (UncheckedIOException fromStore) {
        throw fromStore.getCause();
      } catch (Exception damaged) {
        // A decoder may trip over what it does not expect, too.
        throw new DamagedFile(damaged);
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
}
