package dev.assay.gold.listening;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.config.AssayConfig;
import dev.assay.config.ColumnContract;
import dev.assay.config.Stage;
import dev.assay.config.TableContract;
import dev.assay.gold.fixture.Fixture;
import dev.assay.gold.fixture.FixtureTrial;
import dev.assay.testing.SharedData;
import dev.assay.testing.TestSpark;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The marts of listening on the fixtures beside their conf, and what none of them may have. */
class ListeningMartsTest {
  private static final AssayConfig CONFIG = SharedData.config("listening", Map.of());
  private static final Path CONF = Path.of(System.getProperty("assay.home"), "conf");

  static Stream<Arguments> fixtures() {
    return CONFIG.pipeline().tablesOf(Stage.GOLD).stream()
        .flatMap(
            mart ->
                Fixture.of(CONF, mart.name()).stream()
                    .map(fixture -> Arguments.of(mart.name().table(), fixture.name(), fixture)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("fixtures")
  void makesOfAFixtureWhatItExpects(String mart, String name, Fixture fixture) {
    FixtureTrial.Result result =
        new FixtureTrial(TestSpark.session(), CONFIG).of(CONFIG.pipeline().table(mart), fixture);

    assertThat(result.unexpected()).isEqualTo(result.missing()).isEmpty();
  }

  @Test
  void everyMartHasFixtures() {
    assertThat(fixtures().map(arguments -> arguments.get()[0]).distinct())
        .containsExactly("listener_profile", "listener_summary", "listening_by_segment");
  }

  @Test
  void noPersonalColumnIsInGold() {
    List<String> personal =
        CONFIG.pipeline().tablesOf(Stage.SILVER).stream()
            .flatMap(table -> table.columns().stream())
            .filter(ColumnContract::personal)
            .map(ColumnContract::name)
            .toList();

    assertThat(personal).containsExactlyInAnyOrder("name", "address");
    assertThat(CONFIG.pipeline().tablesOf(Stage.GOLD))
        .flatExtracting(TableContract::columns)
        .noneMatch(ColumnContract::personal)
        .extracting(ColumnContract::name)
        .doesNotContainAnyElementsOf(personal);
  }
}
