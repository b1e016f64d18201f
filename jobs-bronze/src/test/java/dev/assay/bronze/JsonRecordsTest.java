package dev.assay.bronze;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.config.FeedConfig;
import dev.assay.testing.Feeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonRecordsTest {
  private static final FeedConfig FEED = Feeds.of("/{date}", "Id", "Name").feed();

  @TempDir private Path folder;

  @Test
  void takesAScalarExactlyAsItIsWritten() throws IOException {
    assertThat(
            read(
                """
                {"Id": 1.50, "Name": "a \\"b\\" \\u20ac\\n"}
                {"Id":-0,"Name":1E+400}
                {"Id":true,"Name":false}
                {"Id":123456789012345678901234567890.10,"Name":""}
                """))
        .containsExactly(
            "1 [1.50, a \"b\" €\n]",
            "2 [-0, 1E+400]",
            "3 [true, false]",
            "4 [123456789012345678901234567890.10, ]");
  }

  @Test
  void takesWhatIsNestedAsItsJson() throws IOException {
    assertThat(read("{\"Id\": [1, {\"a\" : \"]\"}] , \"Name\" : { \"b\":\"€}\" }}\n"))
        .containsExactly("1 [[1, {\"a\" : \"]\"}], { \"b\":\"€}\" }]");
  }

  @Test
  void hasNullForNullAndForWhatIsNotThere() throws IOException {
    assertThat(read("{\"Id\":null}\n{\"Name\":\"a\"}\n{}\n{\"Name\":\"b\",\"Id\":2}\n"))
        .as("in the order in which the names come first")
        .containsExactly("1 [null]", "2 [null, a]", "3 [null, null]", "4 [2, b]");
    assertThat(RecordTexts.names(folder.resolve("a.json"), FEED)).containsExactly("Id", "Name");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"Id\":1,\"Id\":2}|the key 'Id' is there twice",
        "{\"Id\":1}{\"Id\":2}|text follows the object",
        "[{\"Id\":1}]|not an object, but START_ARRAY",
        "7|not an object, but VALUE_NUMBER_INT",
        "``|not an object, but nothing",
        "{\"Id\":\"\\ud800\"}|half a surrogate pair, which is no character: 'Id'",
      })
  void keepsALineThatIsNoObjectAndSaysWhy(String line, String why) throws IOException {
    assertThat(read("{\"Id\":0}\n" + line + "\n")).containsExactly("1 [0]", "2 " + why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"Id\":1,\"Name\":\"to",
        "{\"Id\":01}",
        "{\"Id\":NaN}",
        "{Id:1}",
        "{\"Id\":1,}",
        "{\"Id\":[1}",
        "{\"Id\":1} // one",
      })
  void keepsALineThatIsNotJson(String line) throws IOException {
    assertThat(read(line + "\n")).hasSize(1).allMatch(record -> record.startsWith("1 not JSON: "));
  }

  @Test
  void keepsATornLastLineAndWhatIsNotUtf8WithTheirBytes() throws IOException {
    byte[] bytes = "{\"Id\":1}\n{\"Id\":\"x\"}\n{\"Id\":3}".getBytes(UTF_8);
    bytes[16] = (byte) 0xFF;
    Path file = Files.write(folder.resolve("a.json"), bytes);

    assertThat(RecordTexts.of(file, FEED))
        .containsExactly("1 [1]", "2 not UTF-8", "3 torn: the last line has no end");
  }

  @Test
  void takesNoNameFromALineThatIsMalformed() throws IOException {
    assertThat(read("{\"Id\":1,\"Other\":2,\n{\"Name\":\"a\",\"Id\":2}\n")).contains("2 [a, 2]");
    assertThat(RecordTexts.names(folder.resolve("a.json"), FEED)).containsExactly("Name", "Id");
  }

  @Test
  void readsAFieldOfTwentyFiveMegabytes() throws IOException {
    String big = "x".repeat(25 << 20);

    assertThat(read("{\"Id\":\"" + big + "\",\"Name\":[\"" + big + "\"]}\n"))
        .containsExactly("1 [" + big + ", [\"" + big + "\"]]");
  }

  private List<String> read(String content) throws IOException {
    return RecordTexts.of(Files.writeString(folder.resolve("a.json"), content), FEED);
  }
}
