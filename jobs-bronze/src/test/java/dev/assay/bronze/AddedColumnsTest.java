package dev.assay.bronze;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.config.AssayConfig;
import dev.assay.config.Stage;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.feed.Landings;
import dev.assay.job.StageResult;
import dev.assay.job.StageRunner;
import dev.assay.job.Transforming;
import dev.assay.ledger.Ledger;
import dev.assay.model.Champions;
import dev.assay.plan.Batch;
import dev.assay.plan.Planner;
import dev.assay.plan.Scope;
import dev.assay.testing.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Columns that days add to a bronze table, each beside what others added. */
class AddedColumnsTest {
  private static final LocalDate FIRST = LocalDate.of(2010, 12, 1);
  private static final LocalDate SECOND = FIRST.plusDays(1);

  private final SparkSession spark = TestSpark.session();
  @TempDir private Path folder;
  private ThingsLake things;

  @BeforeEach
  void makeLake() throws IOException {
    things = new ThingsLake(folder);
  }

  @ParameterizedTest
  @CsvSource({"2010-12-01, 2010-12-02", "2010-12-02, 2010-12-01"})
  void addsTheColumnsOfTwoDaysInEitherOrder(LocalDate one, LocalDate other) throws IOException {
    things.land(one, "json", "1 AS Id, 'a' AS Name, 'x' AS Extra");
    things.run("add", one);
    things.land(other, "csv", "2 AS Id, 'b' AS Name, 'y' AS Other");

    StageResult result = things.run("add", other);

    assertThat(things.columns(result)).endsWith("_raw", "Extra", "Other");
    assertThat(things.rows(result, "Id", "Extra", "Other"))
        .containsExactlyInAnyOrder("[" + one + ",1,x,null]", "[" + other + ",2,null,y]");
  }

  @Test
  void addsTheColumnsOfTwoDaysOfOneRun() throws IOException {
    things.land(FIRST, "json", "1 AS Id, 'a' AS Name, 'x' AS Extra");
    things.land(SECOND, "csv", "2 AS Id, 'b' AS Name, 'y' AS Other");
    AssayConfig config = things.config("add");
    Planner planner =
        new Planner(
            config.pipeline(),
            Ledger.of(things.lake(), "things").state(),
            new Landings(spark.sessionState().newHadoopConf()),
            Transforming.of(new BronzeStage(), config.pipeline()),
            model -> Champions.none());
    Scope both = new Scope(FIRST, SECOND, Set.of(Stage.BRONZE), Set.of(), false);
    Batch batch = planner.plan(both, 2).batches().get(0);

    StageResult result = new StageRunner(spark, config).run(new BronzeStage(), batch, false, "r");

    assertThat(things.columns(result)).contains("Extra", "Other");
    assertThat(things.rows(result, "Id", "Extra", "Other"))
        .containsExactly("[2010-12-01,1,x,null]", "[2010-12-02,2,null,y]");
  }

  @Test
  void makesADayAgainWithTheSameContentAfterItsTableGainedAColumn() throws IOException {
    things.land(FIRST, "csv", "1 AS Id, 'a' AS Name");
    String before = things.contentHash(things.run("add", FIRST), FIRST);
    things.land(SECOND, "csv", "2 AS Id, 'b' AS Name, 'y' AS Other");
    things.run("add", SECOND);

    StageResult again =
        new StageRunner(spark, things.config("refuse"))
            .run(new BronzeStage(), FIRST, Set.of(), true, "again");

    assertThat(things.contentHash(again, FIRST)).isEqualTo(before);
    assertThat(things.rows(again, "Id", "Other"))
        .containsExactly("[2010-12-01,1,null]", "[2010-12-02,2,y]");
  }

  @Test
  void takesAColumnThatWasAddedForOneOfTheFeeds() throws IOException {
    things.land(FIRST, "csv", "1 AS Id, 'a' AS Name, 'x' AS Extra");
    things.run("add", FIRST);
    things.land(SECOND, "csv", "2 AS Id, 'y' AS Extra, 'b' AS Name");
    AssayConfig declared = things.config("columns", "[Id, Extra, Name]");

    StageResult result =
        new StageRunner(spark, declared).run(new BronzeStage(), SECOND, Set.of(), false, "run");

    assertThat(things.columns(result)).endsWith("_raw", "Extra");
    assertThat(things.rows(result, "Id", "Extra", "Name"))
        .containsExactly("[2010-12-01,1,x,a]", "[2010-12-02,2,y,b]");
  }

  @ParameterizedTest
  @CsvSource({"id, Id", "_FILE, _file", "Landing_Date, landing_date"})
  void refusesToAddAColumnWhoseNameDiffersInCaseAlone(String field, String column)
      throws IOException {
    Files.writeString(
        things.landing().resolve(FIRST + ".json"),
        "{\"Id\":1,\"Name\":\"a\",\"" + field + "\":2}\n");

    AssayException refusal = things.refusal("add", FIRST);

    assertThat(refusal.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(refusal).hasMessageContaining("'" + field + "'").hasMessageContaining(column);
  }

  @Test
  void refusesToAddAColumnThatAnotherDayAddedInAnotherCase() throws IOException {
    things.land(FIRST, "csv", "1 AS Id, 'a' AS Name, 'x' AS Extra");
    things.run("add", FIRST);
    things.land(SECOND, "csv", "1 AS Id, 'a' AS Name, 'x' AS extra");

    AssayException refusal = things.refusal("add", SECOND);

    assertThat(refusal.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(refusal).hasMessageContaining("'extra string' cannot be added to");
  }
}
