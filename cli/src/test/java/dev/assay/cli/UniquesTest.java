package dev.assay.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.sketches.SketchFile;
import dev.assay.sketches.SketchFile.Wanted;
import dev.assay.sketches.SketchUnion;
import dev.assay.store.LakeStore;
import dev.assay.testing.Lakes;
import dev.assay.testing.TestSpark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Distinct users of windows, on three days: u1 and u2, u2 and u3, and u4. */
class UniquesTest {
  private static final LocalDate LAST = LocalDate.of(2024, 3, 3);
  private static final String EVENTS =
      """
      VALUES
        ('2024-03-01', '2024-03-01 09:30:00', 'u1', 'mobile', 'page_view', '/a'),
        ('2024-03-01', '2024-03-01 23:10:00', 'u2', 'desktop', 'page_view', '/a'),
        ('2024-03-02', '2024-03-02 00:05:00', 'u2', 'mobile', 'purchase', '/b'),
        ('2024-03-02', '2024-03-02 05:00:00', 'u3', 'mobile', 'page_view', '/a'),
        ('2024-03-03', '2024-03-03 06:00:00', 'u4', 'tablet', 'page_view', NULL)
        AS (day, occurred_at, user_id, device_type, event_type, page)
      """;

  private final SparkSession spark = TestSpark.session();

  private final LakeStore lake = Lakes.lake(Lakes.newRoot());

  @TempDir private java.nio.file.Path folder;

  @Test
  void aWindowOfDaysIsTheUnionOfTheirSketches() {
    assertThat(texts("total", null, "2024-03-01", "2024-03-02"))
        .containsExactly(
            "total all 3 14: 2 sketches that begin from 2024-03-01T00 to 2024-03-02T00");
    assertThat(texts("device_type", "mobile", "2024-03-01", "2024-03-02"))
        .containsExactly(
            "device_type mobile 3 14: 2 sketches that begin from 2024-03-01T00 to 2024-03-02T00");
  }

  @Test
  void everyValueHasAnAnswerTheMostUsersFirst() {
    assertThat(texts("device_type", null, "2024-03-01", "2024-03-02"))
        .extracting(text -> text.substring(0, text.indexOf(':')))
        .containsExactly("device_type mobile 3 14", "device_type desktop 1 14");
  }

  @Test
  void whatIsNoWholeDayIsMadeOfHours() {
    assertThat(texts("total", null, "2024-03-01T23", "2024-03-02"))
        .containsExactly(
            "total all 2 14: 2 sketches that begin from 2024-03-01T23 to 2024-03-02T00");
    assertThat(texts("total", null, "2024-03-02T05", "2024-03-02T05"))
        .containsExactly(
            "total all 1 10: 1 sketches that begin from 2024-03-02T05 to 2024-03-02T05");
  }

  @Test
  void theLowestPrecisionOfTheSketchesCounts() {
    assertThat(texts("total", null, "2024-03-01", "2024-03-03"))
        .containsExactly(
            "total all 4 11: 3 sketches that begin from 2024-03-01T00 to 2024-03-03T00");
  }

  @Test
  void daysWithoutSketchesAreSaid() {
    assertThat(texts("total", null, "2024-02-28", "2024-03-01"))
        .containsExactly(
            "total all 2 14: 1 sketches that begin from 2024-03-01T00 to 2024-03-01T00; of 2 of 3"
                + " days there are none");
  }

  @Test
  void aCombinationThatIsNotStoredIsCounted() {
    assertThat(texts("event_type+device_type", "page_view+mobile", "2024-03-01", "2024-03-02"))
        .containsExactly(
            "event_type+device_type page_view+mobile 2 exact: exact recount of web_events: not"
                + " stored by the day");
    assertThat(texts("page", null, "2024-03-01", "2024-03-03"))
        .extracting(text -> text.substring(0, text.indexOf(':')))
        .containsExactly("page /a 3 exact", "page /b 1 exact");
  }

  @Test
  void aValueThatNobodyHasHasNobody() {
    assertThat(texts("device_type", "watch", "2024-03-01", "2024-03-02"))
        .containsExactly("device_type watch 0 exact: no sketch has the value");
    assertThat(texts("page", "/c", "2024-03-01", "2024-03-02"))
        .containsExactly("page /c 0 exact: exact recount of web_events: not stored by the day");
  }

  @Test
  void aDimensionByWhichUsersAreNotKnownIsRefused() {
    AssayException refusal = refusal("weather", "2024-03-01", "2024-03-02");

    assertThat(refusal.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(refusal).hasMessageContaining("users are not known by 'weather'; use total");
  }

  @Test
  void aWindowOfWhichThereIsNothingHasNoData() {
    assertThat(refusal("total", "2023-01-01", "2023-01-02").exitCode()).isEqualTo(ExitCode.NO_DATA);
  }

  @Test
  void sketchesAreUnitedAsSparkUnitesThem() {
    Dataset<Row> sketches =
        spark
            .range(0, 60_000)
            .selectExpr(
                "CAST(id % 7 AS INT) AS number",
                "IF(id % 7 = 3, 11, 14) AS precision", "concat('u', id % 23000) AS user_id")
            .groupBy("number", "precision")
            .agg(
                expr(
                    "IF(precision = 11, hll_sketch_agg(user_id, 11), hll_sketch_agg(user_id, 14))"
                        + " AS sketch"));
    SketchUnion union = new SketchUnion();
    sketches.collectAsList().forEach(row -> union.add(row.getAs("sketch")));

    assertThat(union.estimate())
        .isEqualTo(
            sketches
                .selectExpr("hll_sketch_estimate(hll_union_agg(sketch, true))")
                .first()
                .getLong(0))
        .isBetween(20_000L, 26_000L);
  }

  @Test
  void aDamagedFileIsNamed() {
    lake.overwrite("damaged.parquet", "these are no sketches".getBytes(StandardCharsets.UTF_8));
    SketchFile file = new SketchFile(lake.path("damaged.parquet"), Set.of(), null);

    AssayException refusal =
        catchThrowableOfType(
            AssayException.class,
            () -> file.forEach(lake.conf(), new Wanted("total", null, "day"), sketch -> {}));

    assertThat(refusal.exitCode()).isEqualTo(ExitCode.UNEXPECTED);
    assertThat(refusal).hasMessageContaining("damaged.parquet is damaged");
  }

  private AssayException refusal(String dimension, String from, String to) {
    return catchThrowableOfType(AssayException.class, () -> texts(dimension, null, from, to));
  }

  private List<String> texts(String dimension, @Nullable String value, String from, String to) {
    UniquesWindow window = UniquesWindow.of(from, to);
    int precision = window.level() == UniquesWindow.Level.HOURLY ? 10 : 14;
    return uniques(window)
        .answers(new UniquesQuestion(1, dimension, value, window, precision))
        .stream()
        .map(
            one ->
                one.dimension()
                    + " "
                    + one.value()
                    + " "
                    + one.estimate()
                    + " "
                    + (one.precision() == null ? "exact" : one.precision())
                    + ": "
                    + one.source())
        .toList();
  }

  /** Sketches of 2 to the power of 16 registers, and on the last day of 2 to the power of 11. */
  private Uniques uniques(UniquesWindow window) {
    String events =
        "SELECT CAST(day AS DATE) AS day, CAST(occurred_at AS TIMESTAMP) AS occurred_at, user_id,"
            + " device_type, event_type, page FROM "
            + EVENTS;
    String sketches =
        """
        SELECT
          day,
          grain,
          starts_at,
          dimension,
          value,
          IF(day = DATE'2024-03-03', 11, 16) AS precision,
          IF(
            day = DATE'2024-03-03',
            hll_sketch_agg(user_id, 11),
            hll_sketch_agg(user_id, 16)
          ) AS sketch
        FROM (%s)
          LATERAL VIEW stack(
            2, 'hour', date_trunc('HOUR', occurred_at), 'day', date_trunc('DAY', occurred_at)
          ) a AS grain, starts_at
          LATERAL VIEW stack(2, 'total', 'all', 'device_type', device_type) b AS dimension, value
        GROUP BY day, grain, starts_at, dimension, value
        """
            .formatted(events);
    return new Uniques(
        stored(spark.sql(sketches), window),
        new CountedUniques(
            spark.sql(events),
            spark.sql(
                "SELECT *, 'direct' AS channel, occurred_at AS started_at FROM (" + events + ")")));
  }

  /** The first two days in an archive's file, the last in one of its own, as a table has it. */
  private StoredSketches stored(Dataset<Row> sketches, UniquesWindow window) {
    Set<LocalDate> archived = new TreeSet<>(Set.of(LAST.minusDays(2), LAST.minusDays(1)));
    archived.removeIf(day -> day.isBefore(window.firstDay()) || day.isAfter(window.lastDay()));
    List<SketchFile> files = new ArrayList<>();
    if (!archived.isEmpty()) {
      files.add(new SketchFile(written(sketches, "archive"), archived, "day"));
    }
    if (!window.lastDay().isBefore(LAST)) {
      Dataset<Row> last = sketches.where(col("day").equalTo(lit(LAST))).drop("day");
      files.add(new SketchFile(written(last, "table"), Set.of(LAST), null));
    }
    return new StoredSketches(files, lake.conf());
  }

  /** A file that Spark wrote, in MinIO. */
  private Path written(Dataset<Row> rows, String name) {
    java.nio.file.Path written = folder.resolve(name);
    rows.coalesce(1).write().mode(SaveMode.Overwrite).parquet(written.toString());
    try (Stream<java.nio.file.Path> files = Files.list(written)) {
      java.nio.file.Path file =
          files.filter(one -> one.toString().endsWith(".parquet")).findAny().orElseThrow();
      lake.overwrite(name, Files.readAllBytes(file));
      return lake.path(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
