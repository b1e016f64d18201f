package dev.assay.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.testing.JavaProcess;
import dev.assay.testing.Lakes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WholeFileTest {
  private static final int MORE_THAN_A_PART = 6 << 20;

  @TempDir private static Path folder;

  /** A folder and a store; parts of the store's objects are as small as it allows. */
  static Stream<LakeStore> places() {
    LakeStore store = Lakes.lake(Lakes.newRoot());
    Configuration smallParts = new Configuration(store.conf());
    smallParts.set("fs.s3a.multipart.size", "5M");
    smallParts.set("fs.s3a.multipart.threshold", "5M");
    smallParts.setBoolean("fs.s3a.impl.disable.cache", true);
    return Stream.of(
        new LakeStore(folder.toString(), new Configuration()),
        new LakeStore(store.root().toString(), smallParts));
  }

  @ParameterizedTest
  @MethodSource("places")
  void isThereOnceItIsKept(LakeStore place) throws IOException {
    try (WholeFile file = begin(place, "kept", Existing.KEPT)) {
      file.out().write("whole".getBytes(UTF_8));
      assertThat(place.exists("out/kept")).isFalse();
      file.keep();
    }

    assertThat(place.read("out/kept")).hasValue("whole".getBytes(UTF_8));
    assertThat(left(place, "kept")).containsExactly("kept");
  }

  @ParameterizedTest
  @MethodSource("places")
  void leavesNothingOfOneThatFailedInTheMiddle(LakeStore place) throws IOException {
    try (WholeFile file = begin(place, "failed", Existing.KEPT)) {
      file.out().write(new byte[MORE_THAN_A_PART]);
    }

    assertThat(left(place, "failed")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("places")
  void keepsWhatIsThere(LakeStore place) throws IOException {
    write(place, "old", "old", Existing.KEPT);

    AssayException refusal =
        catchThrowableOfType(AssayException.class, () -> write(place, "old", "new", Existing.KEPT));

    assertThat(refusal.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(refusal)
        .hasMessageContaining("is there already")
        .hasMessageContaining("--overwrite");
    assertThat(place.read("out/old")).hasValue("old".getBytes(UTF_8));
  }

  @ParameterizedTest
  @MethodSource("places")
  void keepsWhatCameInTheMeantime(LakeStore place) throws IOException {
    try (WholeFile file = begin(place, "raced", Existing.KEPT)) {
      file.out().write("second".getBytes(UTF_8));
      write(place, "raced", "first", Existing.KEPT);

      AssayException refusal = catchThrowableOfType(AssayException.class, file::keep);

      assertThat(refusal.exitCode()).isEqualTo(ExitCode.USAGE);
    }
    assertThat(place.read("out/raced")).hasValue("first".getBytes(UTF_8));
    assertThat(left(place, "raced")).containsExactly("raced");
  }

  @ParameterizedTest
  @MethodSource("places")
  void replacesWhatIsThereInOneStep(LakeStore place) throws IOException {
    write(place, "replaced", "old", Existing.KEPT);

    try (WholeFile file = begin(place, "replaced", Existing.REPLACED)) {
      file.out().write("new".getBytes(UTF_8));
      assertThat(place.read("out/replaced")).hasValue("old".getBytes(UTF_8));
      file.keep();
    }

    assertThat(place.read("out/replaced")).hasValue("new".getBytes(UTF_8));
    assertThat(left(place, "replaced")).containsExactly("replaced");
  }

  @Test
  void leavesNothingUnderTheNameWhenItsProcessIsKilled(@TempDir Path own) throws IOException {
    Path target = own.resolve("killed");

    JavaProcess killed =
        JavaProcess.start(List.of(), Map.of(), KilledWriter.class, target.toString());

    assertThat(killed.exitCode()).as(killed.said()).isEqualTo(KilledWriter.EXIT);
    assertThat(target).doesNotExist();
    try (Stream<Path> files = Files.list(own)) {
      assertThat(files).as("what was written").hasSize(1);
    }
  }

  @Test
  void isRefusedWhereNoFileCanBeWrittenWhole() {
    Configuration conf = new Configuration();
    conf.set("fs.viewfs.mounttable.cluster.link./data", folder.toUri().toString());

    AssayException refusal =
        catchThrowableOfType(
            AssayException.class,
            () ->
                WholeFile.begin(
                    new org.apache.hadoop.fs.Path("viewfs://cluster/data/file"),
                    conf,
                    Existing.KEPT));

    assertThat(refusal.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(refusal).hasMessageContaining("not on viewfs://");
  }

  private static WholeFile begin(LakeStore place, String name, Existing existing)
      throws IOException {
    return WholeFile.begin(place.path("out/" + name), place.conf(), existing);
  }

  private static void write(LakeStore place, String name, String content, Existing existing)
      throws IOException {
    try (WholeFile file = begin(place, name, existing)) {
      file.out().write(content.getBytes(UTF_8));
      file.keep();
    }
  }

  /** What there is of a file, drafts included. */
  private static List<String> left(LakeStore place, String name) {
    return place.files("out").stream()
        .map(StoredFile::path)
        .filter(path -> path.contains(name))
        .toList();
  }
}
