package dev.assay.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.error.AssayException;
import dev.assay.testing.TestConf;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What conf says of how maintenance lays rows together. */
class UpkeepConfigTest {
  private static final String SHOP =
      """
      pipeline {
        name = shop
        description = "A shop."
        owner = us
        start = 2020-01-01
        feeds.orders {
          files = ${landing}"/shop/{date}.csv"
          columns = [Id, Price]
        }
        tables {
          orders_raw { stage = bronze, description = "As received.", feed = orders }
          orders {
            stage = silver
            description = "An order."
            source = orders_raw
            event-time = at
            columns = [
              { name = at, type = timestamp, from = Id, comment = "When." }
              { name = price, type = "decimal(12,4)", from = Price, comment = "Pounds." }
              { name = other, type = "TYPE", as = "NULL", nullable = true, comment = "Another." }
            ]
            z-order = [price, other]
          }
        }
      }
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"binary", "boolean", "array<string>"})
  void rowsAreNotLaidTogetherByAColumnOfWhichFilesHaveNoBounds(String type) {
    assertThat(refusal(type))
        .hasMessageContaining(
            "shop.conf:22: pipeline.tables.orders.z-order: 'other' is of type "
                + type
                + ", of which Delta keeps no bounds");
  }

  @ParameterizedTest
  @ValueSource(strings = {"string", "int", "bigint", "double", "decimal(9,2)", "date", "timestamp"})
  void theyAreByAnyOther(String type) {
    assertThat(conf(type).load(Map.of()).pipeline().table("orders").upkeep().zOrder())
        .containsExactly("price", "other");
  }

  private AssayException refusal(String type) {
    TestConf conf = conf(type);
    return catchThrowableOfType(AssayException.class, () -> conf.load(Map.of()));
  }

  private TestConf conf(String type) {
    return TestConf.in(folder.resolve("conf"), "shop", SHOP.replace("TYPE", type));
  }
}
