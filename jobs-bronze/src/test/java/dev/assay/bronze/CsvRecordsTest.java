package dev.assay.bronze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.config.FeedConfig;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.testing.Feeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvRecordsTest {
  private static final FeedConfig FEED = Feeds.of("/{date}", "Id", "Name").feed();

  @TempDir private Path folder;

  @Test
  void hasNullForAnEmptyFieldUnlessItIsQuoted() throws IOException {
    assertThat(RecordTexts.of(file("Id,Name\n,\"\"\n\"\",\n , \n"), FEED))
        .containsExactly("2 [null, ]", "3 [, null]", "4 [ ,  ]");
  }

  @Test
  void takesFieldsByPlaceWhereNoHeaderNamesThem() throws IOException {
    FeedConfig feed = Feeds.of("/{date}", "Id", "Name").withoutHeader().feed();
    Path file = file("\uFEFF1,a\nId,Name\n2,b,c\n");

    assertThat(RecordTexts.names(file, feed)).containsExactly("Id", "Name");
    assertThat(RecordTexts.of(file, feed))
        .containsExactly("1 [1, a]", "2 [Id, Name]", "3 3 fields instead of 2");
  }

  @Test
  void callsAFieldWithoutANameByItsPlace() throws IOException {
    assertThat(RecordTexts.names(file("\uFEFF,Id,,\"\"\r\n"), FEED))
        .containsExactly("_column_1", "Id", "_column_3", "_column_4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Id,Na", "\"Id,Name\n"})
  void refusesAFileWhoseHeaderIsNotThereOrNotWhole(String content) throws IOException {
    Path file = file(content);

    AssayException refusal =
        catchThrowableOfType(AssayException.class, () -> RecordTexts.names(file, FEED));

    assertThat(refusal.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(refusal).hasMessageContaining("begins with Id,Name");
  }

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("a.csv"), content);
  }
}
