package dev.assay.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SamplesTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(Domain.class)
  void oneRowIsAFeedToo(Domain domain) throws IOException {
    Samples.Written written = Samples.write(Orders.csv(domain, 1, 2, 0, folder), 2);

    assertThat(SimpleCsv.lines(written.files(), domain != Domain.TRACKS)).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Domain.class)
  void manyRowsADayAreMadeToo(Domain domain) throws IOException {
    assertThat(Samples.write(Orders.csv(domain, 50_000, 1, 0, folder), 2).rows()).isEqualTo(50_000);
  }

  @Test
  void aFolderThatHasTheFeedIsLeftAlone() throws IOException {
    SampleOrder order = Orders.csv(Domain.ADS, 10, 1, 0, folder);
    Samples.write(order, 1);

    assertThatThrownBy(() -> Samples.write(order, 1))
        .hasMessageContaining("is there already")
        .hasMessageContaining("give another --out");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ADS|0|1|0|CSV|--rows 0: 1 to 1000000000",
        "ADS|1|0|0|CSV|--days 0: 1 to 3660",
        "ADS|1|1|0.6|CSV|--dirty 0.6: it is a share",
        "TRACKS|1|1|0|JSON|--format of tracks: its pipeline takes CSV alone",
      })
  void anOrderThatCannotBeCarriedOutIsRefused(
      Domain domain, long rows, int days, double dirty, Format format, String why) {
    assertThatThrownBy(() -> Orders.order(domain, rows, days, 1, dirty, format, folder))
        .hasMessageContaining(why)
        .isInstanceOfSatisfying(
            AssayException.class,
            refused -> assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE));
  }
}
