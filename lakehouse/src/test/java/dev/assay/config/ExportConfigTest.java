package dev.assay.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.testing.TestConf;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExportConfigTest {
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
          snapshot = true
        }
        tables {
          orders_raw { stage = bronze, description = "As received.", feed = orders }
          orders {
            stage = silver
            description = "An order."
            source = orders_raw
            columns = [
              { name = id, type = string, from = Id, comment = "The order." }
              { name = price, type = "decimal(12,4)", from = Price, comment = "Pounds." }
            ]
          }
        }
        exports.prices { EXPORT }
      }
      """;

  @TempDir private Path folder;

  @Test
  void hasEveryColumnAsCsvByDefault() {
    ExportConfig prices = load("table = orders");

    assertThat(prices)
        .isEqualTo(
            new ExportConfig(
                "prices",
                "orders",
                ExportFormat.CSV,
                List.of("as_of", "id", "price"),
                List.of("as_of", "id", "price")));
    assertThat(prices.file()).isEqualTo("prices.csv");
  }

  @Test
  void hasTheColumnsAndNamesThatItSays() {
    ExportConfig prices =
        load("table = orders, format = json, columns = [price, id], as = [pounds, order]");

    assertThat(prices)
        .isEqualTo(
            new ExportConfig(
                "prices",
                "orders",
                ExportFormat.JSON,
                List.of("price", "id"),
                List.of("pounds", "order")));
    assertThat(prices.file()).isEqualTo("prices.jsonl");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "table = oders|exports.prices.table: 'oders' is not there",
        "table = orders, columns = [cost]|exports.prices.columns: [cost] are not all there",
        "table = orders, as = [a]|exports.prices.as: [a] must have one name a column",
        "table = orders, columns = [id, price], as = [a, a]|exports.prices.as: [a, a] must have",
        "table = orders, format = xml|exports.prices.format: 'xml' is none of [csv, json, parquet]",
        "table = orders, colums = [id]|did you mean 'columns'?",
      })
  void refusesWhatCannotBeExported(String export, String why) {
    AssayException refusal = catchThrowableOfType(AssayException.class, () -> load(export));

    assertThat(refusal.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(refusal).hasMessageContaining(why);
  }

  private ExportConfig load(String export) {
    ExportConfig prices =
        TestConf.in(folder, "shop", SHOP.replace("EXPORT", export))
            .load(Map.of())
            .pipeline()
            .exports()
            .get("prices");
    assertThat(prices).isNotNull();
    return prices;
  }
}
