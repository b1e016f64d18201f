package dev.assay.bronze;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.audit.CheckResult;
import dev.assay.checks.Severity;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.job.StageResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that have other fields than their feed, through the published bronze table. */
class DriftTest {
  private static final LocalDate FIRST = LocalDate.of(2010, 12, 1);
  @TempDir private Path folder;
  private ThingsLake things;

  @BeforeEach
  void makeLake() throws IOException {
    things = new ThingsLake(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "json", "parquet"})
  void refuseTakesInNoFileWithAnotherFieldOrWithoutOne(String format) throws IOException {
    things.land(FIRST, format, "1 AS Id, 'a' AS Name, 'x' AS Extra");
    AssayException more = things.refusal("refuse", FIRST);
    things.land(FIRST, format, "1 AS Id");
    AssayException less = things.refusal("refuse", FIRST);

    assertThat(List.of(more.exitCode(), less.exitCode())).containsOnly(ExitCode.REFUSED);
    assertThat(more).hasMessageContaining("missing [], unexpected or twice [Extra]");
    assertThat(less).hasMessageContaining("missing [Name], unexpected or twice []");
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "json", "parquet"})
  void addGivesTheTableAColumnAndHasNullForWhatIsMissing(String format) throws IOException {
    things.land(FIRST, format, "1 AS Id, 'x' AS `Extra (1)`");

    StageResult result = things.run("add", FIRST);

    assertThat(things.drift(result, FIRST))
        .isEqualTo("missing [Name], unknown [Extra__1_] in 2010-12-01." + format);
    assertThat(things.columns(result)).endsWith("_raw", "Extra__1_");
    assertThat(things.rows(result, "Id", "Name", "Extra__1_"))
        .containsExactly("[2010-12-01,1,null,x]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "json", "parquet"})
  void rescueSetsWhatIsUnknownAside(String format) throws IOException {
    things.land(FIRST, format, "1 AS Id, 'x \"y\"' AS Extra, 2.50 AS `An other`");

    StageResult result = things.run("rescue", FIRST);

    assertThat(things.drift(result, FIRST))
        .isEqualTo("missing [Name], unknown [Extra, An_other] in 2010-12-01." + format);
    assertThat(things.columns(result)).endsWith("_raw", "_rescued");
    assertThat(things.rows(result, "Id", "Name", "_rescued"))
        .containsExactly("[2010-12-01,1,null,{\"An other\":\"2.50\",\"Extra\":\"x \\\"y\\\"\"}]");
  }

  @Test
  void rescuesTheSameFieldsAsTheSameText() throws IOException {
    Files.writeString(
        things.landing().resolve(FIRST + ".json"),
        """
        {"Id":1,"Name":"a","X":"x","B":"b"}
        {"B":"b","X":"x","Name":"a","Id":1}
        """);
    Files.writeString(things.landing().resolve(FIRST + ".csv"), "B,Id,X,Name\nb,1,x,a\n");

    StageResult result = things.run("rescue", FIRST);

    assertThat(things.rows(result, "Id", "Name", "_rescued"))
        .containsExactly(
            "[2010-12-01,1,a,{\"B\":\"b\",\"X\":\"x\"}]",
            "[2010-12-01,1,a,{\"B\":\"b\",\"X\":\"x\"}]",
            "[2010-12-01,1,a,{\"B\":\"b\",\"X\":\"x\"}]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"add", "rescue"})
  void saysThatNothingDrifted(String policy) throws IOException {
    things.land(FIRST, "csv", "1 AS Id, 'a' AS Name");

    StageResult result = things.run(policy, FIRST);

    assertThat(things.check(result, FIRST))
        .isEqualTo(
            new CheckResult(
                "schema_drift", Severity.WARN, true, 0, "every file has the feed's fields"));
  }

  @Test
  void namesTheFilesThatDifferAlike() throws IOException {
    for (String part : List.of("a", "b", "c", "d")) {
      Files.writeString(things.landing().resolve(FIRST + part + ".csv"), "Id,Name,X\n1,a,x\n");
    }
    Files.writeString(things.landing().resolve(FIRST + "e.json"), "{\"Id\":1}\n");
    Files.writeString(things.landing().resolve(FIRST + "f.json"), "");

    StageResult result = things.run("add", FIRST);

    assertThat(things.drift(result, FIRST))
        .isEqualTo(
            "missing [], unknown [X] in 2010-12-01a.csv, 2010-12-01b.csv, 2010-12-01c.csv and 1"
                + " more; missing [Name], unknown [] in 2010-12-01e.json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"refuse", "add", "rescue"})
  void refusesANameThatIsThereTwice(String policy) throws IOException {
    Files.writeString(things.landing().resolve(FIRST + ".csv"), "Id,Name,X,X\n1,a,2,3\n");

    assertThat(things.refusal(policy, FIRST)).hasMessageContaining("unexpected or twice [X, X]");
  }
}
