package dev.assay.samples;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPOutputStream;

/** A file of lines, UTF-8, each ended by a line feed. */
final class Lines {
  private static final int BUFFER = 1 << 16;

  private Lines() {}

  /** Creates one. */
  static Writer create(Path file, Compression compression) throws IOException {
    OutputStream bytes = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW);
    OutputStream packed =
        compression == Compression.GZIP ? new GZIPOutputStream(bytes, BUFFER) : bytes;
    return new BufferedWriter(new OutputStreamWriter(packed, StandardCharsets.UTF_8), BUFFER);
  }
}
