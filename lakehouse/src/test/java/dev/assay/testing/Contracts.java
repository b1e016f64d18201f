package dev.assay.testing;

import com.typesafe.config.ConfigFactory;
import dev.assay.checks.Check;
import dev.assay.config.Cadence;
import dev.assay.config.ColumnContract;
import dev.assay.config.ControlTotal;
import dev.assay.config.Derivation;
import dev.assay.config.PipelineConfig;
import dev.assay.config.Stage;
import dev.assay.config.TableContract;
import dev.assay.config.TableName;
import dev.assay.config.Transform;
import dev.assay.config.Upkeep;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Small contracts for tests of what does not depend on a pipeline's own. */
public final class Contracts {
  private Contracts() {}

  /** A column without a source. */
  public static ColumnContract column(String name, String type, boolean nullable) {
    return new ColumnContract(name, type, nullable, "a column", false, null, null, null);
  }

  /** A gold table {@code test.<name>} with the columns day, id, amount and these checks. */
  public static TableContract sales(String name, Check... checks) {
    return salesFrom(List.of(), name, checks);
  }

  /** The same, made from other tables of the day. */
  public static TableContract salesFrom(List<String> inputs, String name, Check... checks) {
    return computed(
        name,
        new Derivation.Computed(
            inputs, new Transform.InClass("none"), new Cadence.Daily(0), ConfigFactory.empty()),
        checks);
  }

  /** The same, computed as told. */
  public static TableContract computed(String name, Derivation.Computed how, Check... checks) {
    return new TableContract(
        new TableName("test", name),
        Stage.GOLD,
        "A sale.",
        "day",
        List.of("id"),
        List.of(
            column("day", "date", false),
            column("id", "string", true),
            column("amount", "decimal(12,2)", true)),
        how,
        List.of(checks),
        Map.of("amount", "sum(amount)"),
        List.<ControlTotal>of(),
        Upkeep.PLAIN,
        null);
  }

  /** A pipeline {@code test} of these tables. */
  public static PipelineConfig pipeline(TableContract... tables) {
    Map<String, TableContract> byName = new LinkedHashMap<>();
    for (TableContract table : tables) {
      byName.put(table.name().table(), table);
    }
    return new PipelineConfig(
        "test",
        "A test.",
        "tests",
        LocalDate.of(2010, 12, 1),
        Map.of(),
        byName,
        Map.of(),
        Map.of(),
        Map.of());
  }
}
