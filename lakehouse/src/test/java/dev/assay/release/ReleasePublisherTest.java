package dev.assay.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.config.Stage;
import dev.assay.ledger.Ledger;
import dev.assay.store.LakeFormat;
import dev.assay.store.LakeStore;
import dev.assay.table.TableCommits;
import dev.assay.testing.Contracts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a publisher knows of a release that it could not finish. */
class ReleasePublisherTest {
  static final String EMPTY_TABLE =
      """
      {"protocol":{"minReaderVersion":1,"minWriterVersion":2}}
      {"metaData":{"id":"test","format":{"provider":"parquet","options":{}},"schemaString":"{\\"type\\":\\"struct\\",\\"fields\\":[{\\"name\\":\\"day\\",\\"type\\":\\"date\\",\\"nullable\\":true,\\"metadata\\":{}}]}","partitionColumns":["day"],"configuration":{},"createdTime":1}}
      """;

  @TempDir private Path folder;
  private LakeStore lake;
  private ReleaseLog log;

  @BeforeEach
  void openLake() {
    lake = new LakeStore(folder.toString(), new Configuration());
    LakeFormat.create(lake);
    log = new ReleaseLog(lake, "test");
  }

  @Test
  void knowsThatItDecidedWhatItCouldNotCommit() {
    ReleasePublisher failing = publisher();

    assertThatThrownBy(() -> failing.publish(number -> withdrawal(number, 7)))
        .hasMessageContaining("has no log");

    assertThat(failing.decided(7)).hasValue(1);
    assertThat(failing.decided(8)).isEmpty();
  }

  @Test
  void knowsItStillWhenAnotherRunCompletedThatAndWentOn() {
    ReleasePublisher failing = publisher();
    assertThatThrownBy(() -> failing.publish(number -> withdrawal(number, 7)))
        .hasMessageContaining("has no log");

    lake.createIfAbsent(
        "gold/test/sales/_delta_log/00000000000000000000.json",
        EMPTY_TABLE.getBytes(StandardCharsets.UTF_8));
    assertThat(publisher().publish(number -> withdrawal(number, 8)).number()).isEqualTo(2);

    assertThat(failing.decided(7)).hasValue(1);
  }

  @Test
  void decidesNothingThatFollowsFromAReleaseWhichIsNotTheNewest() {
    lake.createIfAbsent(
        "gold/test/sales/_delta_log/00000000000000000000.json",
        EMPTY_TABLE.getBytes(StandardCharsets.UTF_8));
    Release first = publisher().publish(number -> withdrawal(number, 7));
    Release second = publisher().publishAfter(first, number -> withdrawal(number, 8)).orElseThrow();

    assertThat(publisher().publishAfter(first, number -> withdrawal(number, 9))).isEmpty();

    assertThat(log.latest().orElseThrow().number()).isEqualTo(second.number());
    assertThat(log.intent(second.number() + 1)).isEmpty();
  }

  private ReleasePublisher publisher() {
    return new ReleasePublisher(log, new TableCommits(lake), Ledger.of(lake, "test"), "test");
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
            Intent.Replacement.withdrawn(
                Contracts.sales("sales"), LocalDate.of(2010, 12, 1), "a test", Map.of(), null)),
        List.of(),
        List.of());
  }
}
