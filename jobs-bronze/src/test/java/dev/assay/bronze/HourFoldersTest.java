package dev.assay.bronze;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.config.AssayConfig;
import dev.assay.job.StageResult;
import dev.assay.job.StageRunner;
import dev.assay.testing.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A day that lands as a folder for each of its hours, whose files may have the same names. */
class HourFoldersTest {
  private static final LocalDate DAY = LocalDate.of(2010, 12, 1);

  @TempDir private Path folder;

  @Test
  void takesInEveryHourAndTellsItsFilesApart() throws IOException {
    ThingsLake things = new ThingsLake(folder);
    land(things, "09/part-0.csv", "1,a");
    land(things, "10/part-0.csv", "2,b");
    land(things, "10/part-1.csv", "2,b");
    land(things, "_temporary/part-2.csv", "3,c");
    AssayConfig config = things.config("files", things.landing() + "/{date}/*");

    StageResult result =
        new StageRunner(TestSpark.session(), config)
            .run(new BronzeStage(), DAY, Set.of(), false, "run");

    assertThat(things.rows(result, "Id", "Name", "_file"))
        .containsExactlyInAnyOrder(
            "[2010-12-01,1,a,09/part-0.csv]",
            "[2010-12-01,2,b,10/part-0.csv]",
            "[2010-12-01,2,b,10/part-1.csv]");
  }

  private static void land(ThingsLake things, String file, String record) throws IOException {
    Path path = things.landing().resolve(DAY.toString()).resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, "Id,Name\n" + record + "\n", UTF_8);
  }
}
