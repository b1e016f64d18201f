package dev.assay.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.error.AssayException;
import dev.assay.testing.TestConf;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What conf says of models, and of what is made from them. */
class ModelConfigTest {
  private static final String SHOP =
      """
      pipeline {
        name = shop
        description = "A shop."
        owner = us
        start = 2020-01-01
        feeds.orders {
          files = ${landing}"/shop/{date}.csv"
          columns = [Id]
        }
        tables {
          orders_raw { stage = bronze, description = "As received.", feed = orders }
          orders {
            stage = silver
            description = "An order."
            source = orders_raw
            event-time = at
            columns = [{ name = at, type = timestamp, from = Id, comment = "When." }]
          }
          scored {
            stage = ml
            description = "A score."
            model = good
            columns = [{ name = n, type = int, comment = "It." }]
          }
        }
        models.good { class = a.B, inputs = [orders], learned = [scored] }
      }
      """;

  private static final String MART =
      "{ description = D, inputs = [scored], transform = a.B, cadence = snapshot,"
          + " columns = [{ name = n, type = int, comment = N }], stage = ";

  @TempDir private Path folder;

  @Test
  void aModelIsNamedByItsTables() {
    assertThat(TestConf.in(folder, "shop", SHOP).load(Map.of()).pipeline().isLearned("scored"))
        .isTrue();
  }

  @Test
  void aModelLearnsFromTablesThatAreThere() {
    assertThat(refusal(Map.of("pipeline.models.good.inputs", "[oders]")))
        .hasMessageContaining("inputs: 'oders' is not there; there are [orders]");
  }

  @Test
  void aModelNamesTheTablesByWhichATrainingIsKnown() {
    assertThat(refusal(Map.of("pipeline.models.bare", "{ class = a.B, inputs = [orders] }")))
        .hasMessageContaining("bare.learned: is missing");
  }

  @Test
  void aMartIsMadeOfWhatIsThereWhenItIsMade() {
    assertThat(refusal(Map.of("pipeline.tables.early", MART + "gold }")))
        .hasMessageContaining("early.inputs: 'scored' is not there; there are [early, orders]");
  }

  @Test
  void aMartTellsWhichDaysItHasByMoreThanWhatModelsLearned() {
    assertThat(refusal(Map.of("pipeline.tables.told", MART + "ml }")))
        .hasMessageContaining("told.inputs: are all what models learned");
  }

  private AssayException refusal(Map<String, String> overrides) {
    TestConf conf = TestConf.in(folder, "shop", SHOP);
    return catchThrowableOfType(AssayException.class, () -> conf.load(overrides));
  }
}
