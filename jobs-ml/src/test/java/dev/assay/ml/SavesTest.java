package dev.assay.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.model.ModelRecord;
import dev.assay.model.ModelStore;
import dev.assay.store.LakeStore;
import dev.assay.testing.TestModels;
import dev.assay.testing.TestSpark;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavesTest {
  private static final LocalDate DAY = LocalDate.of(2020, 1, 6);
  private static final PipelineModel MODEL =
      new Pipeline().setStages(new PipelineStage[0]).fit(TestSpark.session().range(0).toDF());

  @TempDir private java.nio.file.Path folder;
  private LakeStore lake;
  private Saves saves;

  @BeforeEach
  void open() {
    lake = new LakeStore(folder.toString(), new Configuration());
    saves = new Saves(new ModelStore(lake, "test"));
  }

  @Test
  void theFirstSaveOfAVersionStays() {
    ModelRecord first = saves.keep(record(), MODEL);

    assertThat(saves.keep(record(), MODEL)).isEqualTo(first);

    assertThat(load().record()).isEqualTo(first);
    assertThat(new ModelStore(lake, "test").places("model", "a")).containsExactly(first.path());
  }

  @Test
  void aSaveThatIsGoneIsMadeAgain() {
    lake.deleteTree(saves.keep(record(), MODEL).path());
    assertThatThrownBy(this::load)
        .hasMessageContaining("version a of model cannot be loaded from")
        .hasMessageContaining("to run 2020-01-06 again saves it again")
        .hasMessageContaining("assay models promote, with --from 2020-01-06");

    ModelRecord again = saves.keep(record(), MODEL);

    assertThat(load().record()).isEqualTo(again);
  }

  /** What cannot be read now may be readable a minute later. */
  @Test
  void aSaveThatCannotBeReadIsMadeAgainBesideIt() {
    ModelRecord first = saves.keep(record(), MODEL);
    for (String file : lake.tree(first.path())) {
      lake.overwrite(first.path() + "/" + file, "torn".getBytes(StandardCharsets.UTF_8));
    }

    ModelRecord again = saves.keep(record(), MODEL);

    assertThat(load().record()).isEqualTo(again);
    assertThat(again.path()).isNotEqualTo(first.path());
    assertThat(lake.tree(first.path())).isNotEmpty();
  }

  /** What a store did not give says nothing of what is stored there. */
  @Test
  void aStoreThatDoesNotAnswerIsToldOfAndNothingIsSavedAnew() {
    ModelRecord first = saves.keep(record(), MODEL);
    TestSpark.session()
        .sparkContext()
        .hadoopConfiguration()
        .set("fs.unreached.impl", Unreached.class.getName());
    Configuration conf = new Configuration();
    conf.set("fs.unreached.impl", Unreached.class.getName());
    saves = new Saves(new ModelStore(new LakeStore("unreached://" + folder, conf), "test"));

    for (ThrowingCallable reading :
        List.<ThrowingCallable>of(this::load, () -> saves.keep(record(), MODEL))) {
      assertThatThrownBy(reading)
          .isInstanceOfSatisfying(
              AssayException.class,
              failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.STORE_UNREACHABLE));
    }

    assertThat(new ModelStore(lake, "test").places("model", "a")).containsExactly(first.path());
    assertThat(new ModelStore(lake, "test").existing("model", "a")).isEqualTo(first);
  }

  /** Gives records, and nothing of what Spark saved. */
  public static final class Unreached extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("unreached:///");
    }

    @Override
    public FSDataInputStream open(Path path, int buffer) throws IOException {
      if (path.toString().contains("/metadata")) {
        throw new ConnectException("connection refused");
      }
      return super.open(path, buffer);
    }
  }

  private ModelRecord record() {
    String place = saves.place("model", "a");
    return TestModels.record(
        "test", "model", "a", DAY, new TreeMap<>(), place.substring(place.lastIndexOf('/') + 1));
  }

  private SavedModel load() {
    return saves.load("model", "a", DAY);
  }
}
