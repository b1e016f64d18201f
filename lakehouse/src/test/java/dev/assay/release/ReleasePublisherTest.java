package dev.assay.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.config.Stage;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.OutcomeKind;
import dev.assay.store.LakeFormat;
import dev.assay.store.LakeStore;
import dev.assay.table.TableCommits;
import dev.assay.table.TableLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a publisher knows of a release that it could not finish. */
class ReleasePublisherTest {
  @TempDir private Path folder;
  private LakeStore lake;
  private ReleaseLog log;

  /** Tables whose commits nobody looks at. */
  private static final class Tables implements TableCommits {
    private long version;

    @Override
    public long fence(TableLayout layout, Collection<String> days) {
      return -1;
    }

    @Override
    public Optional<Long> commit(
        TableLayout layout, Map<String, List<String>> files, long token, String userMetadata) {
      return Optional.of(++version);
    }
  }

  /** Tables on a store that went away. */
  private static final class Unreachable implements TableCommits {
    @Override
    public long fence(TableLayout layout, Collection<String> days) {
      return -1;
    }

    @Override
    public Optional<Long> commit(
        TableLayout layout, Map<String, List<String>> files, long token, String userMetadata) {
      throw new UncheckedIOException(new IOException("the store went away"));
    }
  }

  @BeforeEach
  void openLake() {
    lake = new LakeStore(folder.toString(), new Configuration());
    LakeFormat.create(lake);
    log = new ReleaseLog(lake, "test");
  }

  @Test
  void knowsThatItDecidedWhatItCouldNotCommit() {
    ReleasePublisher failing = publisher(new Unreachable());

    assertThatThrownBy(() -> failing.publish(number -> withdrawal(number, 7)))
        .hasMessageContaining("went away");

    assertThat(failing.decided(7)).hasValue(1);
    assertThat(failing.decided(8)).isEmpty();
  }

  @Test
  void knowsItStillWhenAnotherRunCompletedThatAndWentOn() {
    ReleasePublisher failing = publisher(new Unreachable());
    assertThatThrownBy(() -> failing.publish(number -> withdrawal(number, 7)))
        .hasMessageContaining("went away");

    assertThat(publisher(new Tables()).publish(number -> withdrawal(number, 8)).number())
        .isEqualTo(2);

    assertThat(failing.decided(7)).hasValue(1);
  }

  private ReleasePublisher publisher(TableCommits tables) {
    return new ReleasePublisher(log, tables, Ledger.of(lake, "test"), "test");
  }

  private static Intent withdrawal(long number, long token) {
    return new Intent(
        number,
        "test",
        Stage.GOLD,
        null,
        "run " + token,
        token,
        "classes",
        Instant.now(),
        List.of(
            new Intent.Replacement(
                Stage.GOLD,
                "sales",
                "day",
                LocalDate.of(2010, 12, 1),
                List.of(),
                OutcomeKind.WITHDRAWN,
                "a test",
                null,
                Map.of(),
                null)),
        List.of(),
        List.of());
  }
}
