package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.testing.SharedData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model from its first training to its retirement, as an operator sees it, on real houses. */
class ModelsTest {
  private static final String FIRST = "2013-08-05";
  private static final String SECOND = "2013-08-12";
  private static final List<String> QUICK =
      List.of(
          "-D", "pipeline.models.house_price.parameters.folds=0",
          "-D", "pipeline.models.house_price.parameters.learners.forest.trees=10",
          "-D", "pipeline.models.house_price.parameters.learners.boosting.iterations=3");

  @TempDir private Path lake;

  @Test
  void aModelIsPromotedScoredByRolledBackAndRetired() throws Exception {
    AnsweredCommands assay = new AnsweredCommands(lake);
    land(FIRST, 414);
    assertThat(assay.saying(0, words("run", "--pipeline", "housing", "--date", FIRST)))
        .contains("house_price/2013-08-05: 414 rows");
    String first = version(assay.saying(0, models("list")), FIRST);
    assertThat(assay.saying(0, models("list"))).containsPattern(first + " .* champion +it passed");
    assertThat(assay.saying(0, models("show", first, "--model", "house_price")))
        .contains("learned from valuations at version 1, 2013-08-05 to 2013-08-05, 414 rows")
        .containsPattern("mean +rmse +1[2-5]\\.")
        .contains("less than the baseline's by");

    // Fewer houses make no better model.
    land(SECOND, 250);
    assay.saying(0, words("run", "--pipeline", "housing", "--date", SECOND));
    String second = version(assay.saying(0, models("list")), SECOND);
    assertThat(assay.saying(0, models("list")))
        .containsPattern(second + " .* challenger +it is not better than the champion " + first);
    assertThat(scoredBy(assay)).isEqualTo(first);
    assertThat(assay.saying(0, models("compare", first, second, "--model", "house_price")))
        .contains("forest", "rmse");

    assertThat(
            assay.saying(
                0, models("promote", second, "--model", "house_price", "--why", "a trial")))
        .contains(second + " is champion of house_price from 2013-08-12 on");
    assertThat(assay.saying(0, words("plan", "--pipeline", "housing", "--date", SECOND)))
        .containsPattern("house_price +.*champion of house_price changed");
    String[] score = words("score", "--pipeline", "housing", "--date", SECOND);
    assay.saying(0, score);
    assertThat(scoredBy(assay)).isEqualTo(second);

    assay.saying(2, models("promote", first, "--model", "house_price", "--why", "it was better"));
    assertThat(assay.errors())
        .contains(
            first + " was trained for " + FIRST + ", and " + second + " is champion of house_price",
            "say with --from from which day " + first + " is to be it");
    assay.saying(0, models("rollback", "--model", "house_price", "--why", "it was a trial"));
    assay.saying(0, score);
    assertThat(scoredBy(assay)).isEqualTo(first);
    Path sealed = newestSealed();
    Files.delete(sealed);
    assertThat(assay.saying(0, score)).contains("current");
    assertThat(sealed).as("what was decided is completed though nothing is left to make").exists();

    assay.saying(2, models("retire", first, "--model", "house_price", "--why", "no more"));
    assertThat(assay.errors()).contains(first + " is the champion of house_price");
    assertThat(
            assay.saying(0, models("retire", second, "--model", "house_price", "--why", "no more")))
        .contains("is retired");
    assertThat(assay.saying(0, models("list"))).containsPattern(second + " .* retired +no more");
    assertThat(
            assay.saying(
                0, "status", "--pipeline", "housing", "--date", SECOND, "--format", "json"))
        .as("by which code and of what it was made")
        .containsPattern("\"recipe\" : \\{\\s+\"code\" : \"[^\"]+\"")
        .containsPattern("\"inputs\" : \\{\\s+\"housing.valuations\" : [0-9]+");
    assay.saying(2, models("show", "2013-01-01-none", "--model", "house_price"));
    assertThat(assay.errors()).contains("has no model house_price of version '2013-01-01-none'");
  }

  private Path newestSealed() throws Exception {
    try (Stream<Path> releases = Files.list(lake.resolve("_assay/releases/housing"))) {
      return releases
          .filter(file -> file.toString().endsWith("-sealed.json"))
          .max(Path::compareTo)
          .orElseThrow();
    }
  }

  private static String version(String listed, String day) {
    Matcher version = Pattern.compile(day + "-[0-9a-f]+").matcher(listed);
    assertThat(version.find()).as(listed).isTrue();
    return version.group();
  }

  private static String scoredBy(AnsweredCommands assay) {
    return assay
        .saying(
            0,
            "query",
            "SELECT DISTINCT model_version FROM housing.house_price WHERE as_of = DATE'"
                + SECOND
                + "'",
            "--format",
            "csv")
        .lines()
        .skip(1)
        .reduce((one, other) -> one + " " + other)
        .orElseThrow();
  }

  private static String[] models(String... command) {
    return Stream.of(List.of("models"), List.of(command), List.of("--pipeline", "housing"))
        .flatMap(List::stream)
        .toArray(String[]::new);
  }

  private static String[] words(String... command) {
    return Stream.concat(Stream.of(command), QUICK.stream()).toArray(String[]::new);
  }

  /** The first so many houses of the real file. */
  private void land(String day, int houses) throws Exception {
    Path landing = Files.createDirectories(lake.resolve("landing/housing/valuations"));
    List<String> lines =
        Files.readAllLines(SharedData.file("taipei-real-estate/real_estate_valuation.csv"));
    Files.writeString(
        landing.resolve(day + ".csv"), String.join("\n", lines.subList(0, houses + 1)) + "\n");
  }
}
