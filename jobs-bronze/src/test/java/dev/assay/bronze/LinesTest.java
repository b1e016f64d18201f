package dev.assay.bronze;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinesTest {
  private static final int LINES = 100_000;
  private static final byte[] CONTENT = "1,a\r\n".repeat(LINES).getBytes(UTF_8);

  @ParameterizedTest
  @ValueSource(strings = {"", ".gz", ".zst", ".bz2"})
  void asksTheStoreForLargeBlocksAlone(String ending) throws IOException {
    Stored stored = new Stored(Packed.as(ending, CONTENT));
    int size = stored.available();
    long lines = 0;

    try (Lines of = Lines.of(stored, Compression.of("a" + ending))) {
      while (of.next() != null) {
        lines++;
      }
    }

    assertThat(lines).isEqualTo(LINES);
    assertThat(stored.asked).isLessThan(size / 8192 + 10);
  }

  /** A store's stream that counts how often it is asked. */
  private static final class Stored extends FilterInputStream {
    private int asked;

    Stored(byte[] content) {
      super(new ByteArrayInputStream(content));
    }

    @Override
    public int read() throws IOException {
      asked++;
      return super.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      asked++;
      return super.read(into, offset, length);
    }
  }
}
