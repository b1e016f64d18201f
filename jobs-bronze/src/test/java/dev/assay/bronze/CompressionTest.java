package dev.assay.bronze;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompressionTest {
  private static final byte[] CONTENT = "Id,Name\n1,a\n2,b\n".repeat(50).getBytes(UTF_8);

  @ParameterizedTest
  @ValueSource(strings = {"", ".gz", ".zst", ".bz2", ".GZ"})
  void unpacksByTheEndingOfAName(String ending) throws IOException {
    String name = "2010-12-01.csv" + ending;
    byte[] packed = Packed.as(ending.toLowerCase(java.util.Locale.ROOT), CONTENT);

    assertThat(unpacked(name, packed)).isEqualTo(CONTENT);
    assertThat(Compression.of(name).unpackedName(name)).isEqualTo("2010-12-01.csv");
  }

  @ParameterizedTest
  @ValueSource(strings = {".gz", ".zst", ".bz2"})
  void refusesAFileThatIsCutOffAnywhere(String ending) throws IOException {
    byte[] packed = Packed.as(ending, CONTENT);

    for (int length = 0; length < packed.length; length++) {
      byte[] cut = Arrays.copyOf(packed, length);
      assertThatThrownBy(() -> unpacked("a" + ending, cut))
          .as("the first %d of %d bytes", length, packed.length)
          .isInstanceOf(DamagedFile.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {".gz", ".zst", ".bz2"})
  void unpacksEveryPartAndRefusesWhatFollowsThem(String ending) throws IOException {
    byte[] part = Packed.as(ending, CONTENT);

    assertThat(unpacked("a" + ending, joined(part, part))).isEqualTo(joined(CONTENT, CONTENT));
    assertThatThrownBy(() -> unpacked("a" + ending, joined(part, CONTENT)))
        .isInstanceOf(DamagedFile.class);
  }

  @Test
  void leavesTheErrorsOfTheStoreAsTheyAre() {
    InputStream broken = new BrokenStream();

    assertThatThrownBy(() -> Compression.ZSTD.unpacked(broken).read())
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("the store does not answer");
  }

  private static final class BrokenStream extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("the store does not answer");
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      return read();
    }
  }

  private static byte[] unpacked(String name, byte[] packed) throws IOException {
    try (InputStream content = Compression.of(name).unpacked(new ByteArrayInputStream(packed))) {
      return content.readAllBytes();
    }
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
