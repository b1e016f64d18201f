package dev.assay.gold.listening;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.config.AssayConfig;
import dev.assay.config.ColumnContract;
import dev.assay.config.Stage;
import dev.assay.config.TableContract;
import dev.assay.testing.SharedData;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What no mart of listening may have. */
class ListeningMartsTest {
  private static final AssayConfig CONFIG = SharedData.config("listening", Map.of());

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
