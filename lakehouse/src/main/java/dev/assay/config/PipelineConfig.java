package dev.assay.config;

import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * One data house: its feeds, tables and models.
 *
 * @param name the pipeline's name, {@code retail}
 * @param description what it is for, in a sentence
 * @param owner who answers for it
 * @param start its first business date
 * @param feeds its feeds by name
 * @param tables its tables by name within the pipeline, in the order of conf
 * @param models its models by name
 * @param stages how each stage runs
 * @param exports the files that others are given, by name
 */
public record PipelineConfig(
    String name,
    String description,
    String owner,
    LocalDate start,
    Map<String, FeedConfig> feeds,
    Map<String, TableContract> tables,
    Map<String, ModelConfig> models,
    Map<Stage, StageConfig> stages,
    Map<String, ExportConfig> exports) {

  /** The contracts of the tables that a stage publishes, in the order of conf. */
  public List<TableContract> tablesOf(Stage stage) {
    return tables.values().stream().filter(contract -> contract.stage() == stage).toList();
  }

  /**
   * Some of the tables that a stage publishes.
   *
   * @param only their names; empty for all
   * @throws AssayException with USAGE if the stage has none at all, or none of a name
   */
  public List<TableContract> tablesOf(Stage stage, Set<String> only) {
    List<TableContract> all = tablesOf(stage);
    if (all.isEmpty()) {
      throw new AssayException(
          ExitCode.USAGE,
          name
              + " has no tables in its "
              + stage.id()
              + " stage; it has some in "
              + Arrays.stream(Stage.values())
                  .filter(other -> !tablesOf(other).isEmpty())
                  .map(Stage::id)
                  .toList());
    }
    return only("the " + stage.id() + " stage of " + name + " has no table ", all, only);
  }

  /**
   * Some of the marts, whatever their stage.
   *
   * @param only their names; empty for all
   * @throws AssayException with USAGE if the pipeline has no mart of a name
   */
  public List<TableContract> marts(Set<String> only) {
    List<TableContract> marts =
        tables.values().stream()
            .filter(contract -> contract.derivation() instanceof Derivation.Computed)
            .toList();
    return only(name + " has no mart ", marts, only);
  }

  private static List<TableContract> only(
      String problem, List<TableContract> all, Set<String> only) {
    Set<String> unknown = new TreeSet<>(only);
    all.forEach(contract -> unknown.remove(contract.name().table()));
    if (!unknown.isEmpty()) {
      throw new AssayException(
          ExitCode.USAGE,
          problem
              + unknown
              + "; it has "
              + all.stream().map(contract -> contract.name().table()).toList());
    }
    return all.stream()
        .filter(contract -> only.isEmpty() || only.contains(contract.name().table()))
        .toList();
  }

  /**
   * The contract of a table.
   *
   * @throws IllegalArgumentException if the pipeline has no such table
   */
  public TableContract table(String table) {
    TableContract contract = tables.get(table);
    if (contract == null) {
      throw new IllegalArgumentException(
          "pipeline " + name + " has no table '" + table + "'; it has " + tables.keySet());
    }
    return contract;
  }

  /**
   * A feed.
   *
   * @throws IllegalArgumentException if the pipeline has no such feed
   */
  public FeedConfig feed(String feed) {
    FeedConfig config = feeds.get(feed);
    if (config == null) {
      throw new IllegalArgumentException(
          "pipeline " + name + " has no feed '" + feed + "'; it has " + feeds.keySet());
    }
    return config;
  }

  /** The feed of a bronze table. */
  public FeedConfig feedOf(String bronze) {
    return feed(((Derivation.Received) table(bronze).derivation()).feed());
  }

  /** The silver tables that are made from a bronze table. */
  public List<TableContract> consumersOf(String bronze) {
    return tablesOf(Stage.SILVER).stream()
        .filter(
            contract ->
                contract.derivation() instanceof Derivation.Cleansed cleansed
                    && cleansed.source().equals(bronze))
        .toList();
  }

  /** The names of the tables that a table is made from. */
  public List<String> inputsOf(TableContract contract) {
    Derivation derivation = contract.derivation();
    if (derivation instanceof Derivation.Cleansed cleansed) {
      return List.of(cleansed.source());
    }
    if (derivation instanceof Derivation.Computed computed) {
      return computed.inputs();
    }
    if (derivation instanceof Derivation.Modelled modelled) {
      return model(modelled.model()).inputs();
    }
    return List.of();
  }

  /**
   * The first day of an input that a mart of a date reads, the date being the last: of a state as
   * of the date there is no other, of what days brought there are those of the mart's cadence.
   */
  public LocalDate firstRead(Derivation.Computed mart, String input, LocalDate date) {
    return table(input).isState() ? date : date.minusDays(mart.cadence().daysRead() - 1L);
  }

  /** The first day of an input that a model reads for a date; the same rule as of a mart's. */
  public LocalDate firstRead(ModelConfig model, String input, LocalDate date) {
    return table(input).isState() ? date : date.minusDays(model.windowDays() - 1L);
  }

  /** Whether a table is what a model learned, which only days on which it learns have. */
  public boolean isLearned(String table) {
    return models.values().stream().anyMatch(model -> model.learned().contains(table));
  }

  /** How a JVM is tuned that runs some of the stages: as the largest of them wants it. */
  public StageSize size(Collection<Stage> run) {
    return stages.entrySet().stream()
        .filter(stage -> run.contains(stage.getKey()))
        .map(stage -> stage.getValue().size())
        .max(StageSize::compareTo)
        .orElse(StageSize.SMALL);
  }

  /** Those of them that its own stage makes. */
  public List<TableContract> inputsInStage(TableContract contract) {
    return inputsOf(contract).stream()
        .map(this::table)
        .filter(input -> input.stage() == contract.stage())
        .toList();
  }

  /**
   * When in its stage a table is made: 0 if it is made from tables of other stages only, else after
   * the last of its own stage that it is made from.
   */
  public int rank(TableContract contract) {
    return inputsInStage(contract).stream().mapToInt(input -> rank(input) + 1).max().orElse(0);
  }

  /** The same of a table-day. */
  public int rank(TableDay tableDay) {
    return rank(table(tableDay.table().table()));
  }

  /**
   * A model.
   *
   * @throws IllegalArgumentException if the pipeline has no such model
   */
  public ModelConfig model(String model) {
    ModelConfig config = models.get(model);
    if (config == null) {
      throw new IllegalArgumentException(
          "pipeline " + name + " has no model '" + model + "'; it has " + models.keySet());
    }
    return config;
  }
}
