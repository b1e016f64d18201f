package dev.assay.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.assay.testing.Contracts;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which days of its inputs a mart of a week reads. */
class FirstReadTest {
  private static final LocalDate DATE = LocalDate.of(2010, 12, 10);

  private final Derivation.Computed week = computed(new Cadence.Snapshot(7));

  @Test
  void ofWhatDaysBroughtItReadsTheWeek() {
    assertThat(firstRead(new Cadence.Daily(30))).isEqualTo(LocalDate.of(2010, 12, 4));
  }

  @Test
  void ofWhatIsAStateItReadsTheDateAlone() {
    assertThat(firstRead(new Cadence.Snapshot(30))).isEqualTo(DATE);
  }

  @Test
  void ofWhatIsAStateOfAWeekItReadsTheDateAlone() {
    assertThat(firstRead(new Cadence.Weekly(7))).isEqualTo(DATE);
  }

  private LocalDate firstRead(Cadence ofInput) {
    TableContract input = Contracts.computed("input", computed(ofInput));
    return Contracts.pipeline(input).firstRead(week, "input", DATE);
  }

  private static Derivation.Computed computed(Cadence cadence) {
    return new Derivation.Computed(
        List.of(), new Transform.InClass("none"), cadence, ConfigFactory.empty());
  }
}
