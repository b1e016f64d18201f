package dev.assay.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.config.TableContract;
import dev.assay.job.StageRunner;
import dev.assay.store.LakeStore;
import dev.assay.testing.Contracts;
import dev.assay.testing.Sales;
import dev.assay.testing.TestSpark;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SQL over releases: what a name means, at which version, and that nothing can be changed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReleaseCatalogTest {
  private static final LocalDate DAY = LocalDate.of(2010, 12, 1);

  private final SparkSession spark = TestSpark.session();
  private final TableContract contract = Contracts.sales("sales");
  private Path lake = Path.of("");
  private Instant firstAt = Instant.EPOCH;
  private long firstVersion;

  @BeforeAll
  void publishTwice(@TempDir Path folder) {
    lake = folder;
    Release first = publish(lake, "first");
    firstAt = first.sealedAt();
    firstVersion = Objects.requireNonNull(first.tables().get("sales")).version();
    publish(lake, "second");
  }

  @Test
  void readsTheNewestRelease() {
    assertThat(ids("SELECT id FROM %s.test.sales", catalog())).containsExactly("second");
  }

  @Test
  void staysAtTheReleaseOfItsFirstUse(@TempDir Path other) {
    publish(other, "before");
    String catalog = catalog("root", other.toString());
    assertThat(ids("SELECT id FROM %s.test.sales", catalog)).containsExactly("before");

    publish(other, "after");

    assertThat(ids("SELECT id FROM %s.test.sales", catalog)).containsExactly("before");
    assertThat(ids("SELECT id FROM %s.test.sales", catalog("root", other.toString())))
        .containsExactly("after");
  }

  @Test
  void readsTheReleaseThatItsOptionsName() {
    assertThat(ids("SELECT id FROM %s.test.sales", catalog("release", "1")))
        .containsExactly("first");
    assertThat(ids("SELECT id FROM %s.test.sales", catalog("as-of", firstAt.toString())))
        .containsExactly("first");
  }

  @Test
  void travelsInTimeByVersionAndByReleaseTime() {
    assertThat(ids("SELECT id FROM %s.test.sales VERSION AS OF " + firstVersion, catalog()))
        .containsExactly("first");
    assertThat(ids("SELECT id FROM %s.test.sales TIMESTAMP AS OF '" + firstAt + "'", catalog()))
        .containsExactly("first");
    assertThat(
            ids("SELECT id FROM %s.test.sales TIMESTAMP AS OF '" + Instant.now() + "'", catalog()))
        .containsExactly("second");
  }

  @Test
  void knowsNoTableBeforeItsFirstRelease() {
    assertThatThrownBy(
            () -> ids("SELECT id FROM %s.test.sales TIMESTAMP AS OF '2010-12-01'", catalog()))
        .hasMessageContaining("TABLE_OR_VIEW_NOT_FOUND");
    assertThatThrownBy(() -> ids("SELECT id FROM %s.test.nothing", catalog()))
        .hasMessageContaining("TABLE_OR_VIEW_NOT_FOUND");
  }

  @Test
  void saysThatThereIsNoSuchRelease() {
    assertThatThrownBy(() -> ids("SELECT id FROM %s.test.sales", catalog("release", "99")))
        .hasMessageContaining("99");
  }

  @Test
  void saysThatAVersionIsANumber() {
    assertThatThrownBy(() -> ids("SELECT id FROM %s.test.sales VERSION AS OF 'x'", catalog()))
        .hasMessageContaining("'x'");
  }

  @Test
  void listsWhatIsReleased() {
    String catalog = catalog();

    assertThat(column("SHOW NAMESPACES IN %s", catalog, 0)).containsExactly("test");
    assertThat(column("SHOW TABLES IN %s.test", catalog, 1)).containsExactly("sales");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO %s.test.sales VALUES (DATE'2010-12-01', 'x', 1.00)",
        "INSERT OVERWRITE %s.test.sales VALUES (DATE'2010-12-01', 'x', 1.00)",
        "DELETE FROM %s.test.sales",
        "UPDATE %s.test.sales SET id = 'x'",
        "ALTER TABLE %s.test.sales ADD COLUMN more INT",
        "DROP TABLE %s.test.sales",
        "CREATE TABLE %s.test.other (id INT)",
        "CREATE NAMESPACE %s.other",
        "DROP NAMESPACE %s.test CASCADE",
        "TRUNCATE TABLE %s.test.sales",
        "OPTIMIZE %s.test.sales",
        "VACUUM %s.test.sales RETAIN 0 HOURS",
      })
  void refusesEveryChange(String sql) {
    List<String> before = commits();
    assertThatThrownBy(() -> spark.sql(String.format(Locale.ROOT, sql, catalog())).collect())
        .isNotInstanceOf(org.apache.spark.sql.catalyst.parser.ParseException.class);
    assertThat(ids("SELECT id FROM %s.test.sales", catalog())).containsExactly("second");
    assertThat(lake.resolve("gold/test")).isDirectoryNotContaining("glob:**other");
    assertThat(commits()).isEqualTo(before);
  }

  /** Everything that the table's folder holds. */
  private List<String> commits() {
    return new LakeStore(lake.toString(), spark.sessionState().newHadoopConf()).tree("gold/test");
  }

  private Release publish(Path root, String id) {
    return new StageRunner(spark, TestSpark.config(root.toString(), Contracts.pipeline(contract)))
        .run(Sales.day(contract, DAY, id), DAY, Set.of(), false, id)
        .release();
  }

  /** A catalog of its own, as a session's would be that begins now. */
  private String catalog(String... option) {
    String name = "c" + UUID.randomUUID().toString().replace("-", "");
    spark.conf().set("spark.sql.catalog." + name, ReleaseCatalog.class.getName());
    spark.conf().set("spark.sql.catalog." + name + ".root", lake.toString());
    if (option.length == 2) {
      spark.conf().set("spark.sql.catalog." + name + "." + option[0], option[1]);
    }
    return name;
  }

  private List<String> ids(String sql, String catalog) {
    return column(sql, catalog, 0);
  }

  private List<String> column(String sql, String catalog, int index) {
    return spark.sql(String.format(Locale.ROOT, sql, catalog)).collectAsList().stream()
        .map(row -> row.getString(index))
        .toList();
  }
}
