package dev.assay.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.config.TableContract;
import dev.assay.store.LakeStore;
import dev.assay.testing.Contracts;
import dev.assay.testing.Sales;
import dev.assay.testing.TestSpark;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableLogTest {
  /** Past the second checkpoint, so that a trimmed log begins after what a writer knows. */
  private static final int COMMITS = 22;

  private static final LocalDate FIRST = LocalDate.of(2010, 12, 1);

  private final SparkSession spark = TestSpark.session();
  private final TableContract contract = Contracts.sales("sales");
  private final TableLayout layout = TableLayout.of(contract);
  @TempDir private Path folder;
  private LakeStore lake;
  private DeltaTables tables;
  private TableCommits slow;
  private TableCommits others;

  /** One writer looked at the table before the others committed most of its versions. */
  @BeforeEach
  void commitBehindAWritersBack() {
    lake = new LakeStore(folder.toString(), spark.sessionState().newHadoopConf());
    tables = new DeltaTables(spark, lake);
    slow = new TableCommits(lake);
    others = new TableCommits(lake);
    tables.ensure(layout, Map.of(), "{}");
    assertThat(slow.newestVersion(layout)).isZero();
    for (int commit = 0; commit < COMMITS; commit++) {
      commit(others, FIRST.plusDays(commit));
    }
  }

  @Test
  void keepsWhatAWriterMayHaveYetToFind() {
    int trimmed =
        new TableLog(lake, layout).trim(COMMITS, Instant.now().minus(Duration.ofHours(1)));

    assertThat(trimmed).isZero();
    long version = commit(slow, FIRST.minusDays(1));
    assertThat(version).isEqualTo(COMMITS + 1L);
    assertThat(days()).hasSize(COMMITS + 1);
  }

  @Test
  void removesWhatIsOldAndNotReadAnyMore() {
    int trimmed = new TableLog(lake, layout).trim(COMMITS, Instant.now().plus(Duration.ofHours(1)));

    assertThat(trimmed).isGreaterThanOrEqualTo(20);
    assertThat(lake.files(layout.folder() + "/_delta_log"))
        .noneMatch(file -> file.path().matches("0{19}[0-9]\\.json"));
    assertThat(new TableCommits(lake).newestVersion(layout)).isEqualTo(COMMITS);
    assertThat(days()).hasSize(COMMITS);
  }

  private long commit(TableCommits commits, LocalDate day) {
    List<String> files =
        tables
            .write(
                layout,
                day.toString(),
                Sales.draft(spark, contract, day, Map.of("a", "1.00"))
                    .rows()
                    .select("day", "id", "amount"))
            .actions();
    return commits.commit(layout, Map.of(day.toString(), files), 1, "{}").orElseThrow();
  }

  private List<String> days() {
    long newest = new TableCommits(lake).newestVersion(layout);
    return tables.read(layout, newest).select("day").distinct().collectAsList().stream()
        .map(row -> row.getDate(0).toString())
        .toList();
  }
}
