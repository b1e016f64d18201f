package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.assay.cli.UniquesWindow.Level;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.store.LakeStore;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an answer promises, of which window, and that it is kept. */
class UniquesAnswerTest {
  @TempDir private Path folder;

  @Test
  void anEstimateHasAnIntervalOfNinetyFivePercent() {
    UniquesAnswer answer = UniquesAnswer.estimated("total", "all", 10_000, 12, "s");

    assertThat(answer.standardError()).isCloseTo(0.01625, within(1e-12));
    assertThat(answer.margin()).isEqualTo(319);
    assertThat(answer.lower()).isEqualTo(9_681);
    assertThat(answer.upper()).isEqualTo(10_319);
  }

  @Test
  void anIntervalNeverBeginsBelowNothing() {
    assertThat(UniquesAnswer.estimated("total", "all", 100, 0, "s").lower()).isZero();
  }

  @Test
  void whatWasCountedIsCertain() {
    UniquesAnswer answer = UniquesAnswer.counted("total", "all", 7, "s");

    assertThat(answer.lower()).isEqualTo(7);
    assertThat(answer.upper()).isEqualTo(7);
    assertThat(answer.standardError()).isZero();
    assertThat(answer.precision()).isNull();
  }

  @Test
  void aWindowsLengthSaysItsLevel() {
    assertThat(level("2024-03-01T05", "2024-03-01T05")).isEqualTo(Level.HOURLY);
    assertThat(level("2024-03-01T05", "2024-03-01T06")).isEqualTo(Level.DAILY);
    assertThat(level("2024-03-01T05", "2024-03-02T04")).isEqualTo(Level.DAILY);
    assertThat(level("2024-03-01", "2024-03-07")).isEqualTo(Level.WEEKLY);
    assertThat(level("2024-03-01", "2024-03-07T00")).isEqualTo(Level.WEEKLY);
    assertThat(level("2024-03-01", "2024-03-08")).isEqualTo(Level.MONTHLY);
  }

  @Test
  void aWindowKnowsWhetherItHasWholeDays() {
    assertThat(UniquesWindow.of("2024-03-01", "2024-03-02").hasHours()).isFalse();
    assertThat(UniquesWindow.of("2024-03-01T00", "2024-03-01T23").hasHours()).isFalse();
    assertThat(UniquesWindow.of("2024-03-01T01", "2024-03-02").hasHours()).isTrue();
    assertThat(UniquesWindow.of("2024-03-01T01", "2024-03-02").hasDays()).isTrue();
    assertThat(UniquesWindow.of("2024-03-01T01", "2024-03-02T22").hasDays()).isFalse();
    assertThat(UniquesWindow.of("2024-03-01T01", "2024-03-02T22").days()).isEqualTo(2);
  }

  @Test
  void aWindowThatIsNoneIsRefused() {
    assertThat(refusal("yesterday", "2024-03-01"))
        .hasMessageContaining("--from 'yesterday' is no day and no hour");
    assertThat(refusal("2024-03-02", "2024-03-01T05")).hasMessageContaining("swap them");
  }

  @Test
  void anAnswerIsFoundOutOnceAndThoseThatWereNotAskedForTheLongestGiveWay() {
    UniquesCache cache = cache();
    cache.answers("a", () -> answer(1));
    cache.answers("b", () -> answer(2));

    UniquesCache.Known known = cache().answers("a", () -> answer(9));
    assertThat(known.wasKnown()).isTrue();
    assertThat(known.answers()).isEqualTo(answer(1));

    UniquesCache.Known third = cache.answers("c", () -> answer(3));
    assertThat(third.figures()).isEqualTo(new UniquesCache.Figures(1, 3, 1));
    assertThat(third.figures().hitRate()).isEqualTo(0.25);
    assertThat(cache.answers("a", () -> answer(9)).wasKnown()).isTrue();
    assertThat(cache.answers("b", () -> answer(8)).answers()).isEqualTo(answer(8));
  }

  @Test
  void aCacheThatCannotBeReadIsBegunAgain() {
    cache().answers("a", () -> answer(1));
    lake().overwrite("_assay/cache/web-uniques.json", new byte[] {'{'});

    UniquesCache.Known known = cache().answers("a", () -> answer(2));

    assertThat(known.wasKnown()).isFalse();
    assertThat(known.figures()).isEqualTo(new UniquesCache.Figures(0, 1, 0));
  }

  private UniquesCache cache() {
    return new UniquesCache(lake(), "web", 2);
  }

  private LakeStore lake() {
    return new LakeStore(folder.toString(), new Configuration());
  }

  private static List<UniquesAnswer> answer(long users) {
    return List.of(UniquesAnswer.estimated("total", "all", users, 12, "s"));
  }

  private static Level level(String from, String to) {
    return UniquesWindow.of(from, to).level();
  }

  private static AssayException refusal(String from, String to) {
    AssayException refusal =
        catchThrowableOfType(AssayException.class, () -> UniquesWindow.of(from, to));
    assertThat(refusal.exitCode()).isEqualTo(ExitCode.USAGE);
    return refusal;
  }
}
