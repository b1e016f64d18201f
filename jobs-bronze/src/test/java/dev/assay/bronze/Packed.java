package dev.assay.bronze;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;

/** Packs what a test delivers. */
final class Packed {
  private Packed() {}

  /** Bytes packed as a file's ending says. */
  static byte[] as(String ending, byte[] content) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream packing = packing(ending, packed)) {
      packing.write(content);
    }
    return packed.toByteArray();
  }

  private static OutputStream packing(String ending, OutputStream into) throws IOException {
    return switch (ending) {
      case ".gz" -> new GZIPOutputStream(into);
      case ".zst" -> new ZstdOutputStream(into);
      case ".bz2" -> new BZip2CompressorOutputStream(into);
      default -> into;
    };
  }
}
