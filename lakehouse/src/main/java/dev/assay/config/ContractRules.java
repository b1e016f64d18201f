package dev.assay.config;

import dev.assay.checks.Check;
import dev.assay.checks.RowCheck;
import dev.assay.checks.TableDayCheck;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What the contracts of a pipeline must keep to, beyond each by itself. */
final class ContractRules {
  /** A row's checks are the bits of one number. */
  private static final int MOST_ROW_CHECKS = 63;

  private ContractRules() {}

  static void check(PipelineConfig pipeline, Map<String, Block> tables, Map<String, Block> models) {
    tables.forEach(
        (name, block) -> {
          TableContract contract = pipeline.table(name);
          columns(contract, block);
          derivation(pipeline, contract, block);
          checks(contract, block);
          controls(pipeline, contract, block);
          requireWeekly(pipeline, contract, block);
          UpkeepRules.check(pipeline, contract, block);
        });
    Set<String> inputs = tablesOf(pipeline, Set.of(Stage.SILVER, Stage.GOLD));
    pipeline
        .models()
        .forEach(
            (name, model) -> {
              Block block = models.get(name);
              if (block != null) {
                model.inputs().forEach(input -> requireOneOf(block, "inputs", input, inputs));
                Set<String> products = productsOf(pipeline, name);
                model.learned().forEach(table -> requireOneOf(block, "learned", table, products));
                if (model.learned().isEmpty()) {
                  block.problem(
                      "learned", "is missing; name the tables by which a training is known");
                }
              }
            });
  }

  private static Set<String> productsOf(PipelineConfig pipeline, String model) {
    return pipeline.tables().values().stream()
        .filter(contract -> contract.derivation().equals(new Derivation.Modelled(model)))
        .map(contract -> contract.name().table())
        .collect(Collectors.toSet());
  }

  private static void columns(TableContract contract, Block block) {
    Set<String> names = new HashSet<>();
    for (ColumnContract column : contract.columns()) {
      if (!names.add(column.name())) {
        block.problem("columns", "'" + column.name() + "' is there twice; name each column once");
      }
    }
    requireColumns(contract, block, "key", contract.key());
    if (contract.derivation() instanceof Derivation.Cleansed cleansed
        && cleansed.eventTime() != null) {
      requireColumns(contract, block, "event-time", List.of(cleansed.eventTime()));
    }
  }

  private static void derivation(PipelineConfig pipeline, TableContract contract, Block block) {
    Derivation derivation = contract.derivation();
    if (derivation instanceof Derivation.Received received) {
      requireOneOf(block, "feed", received.feed(), pipeline.feeds().keySet());
    } else if (derivation instanceof Derivation.Cleansed cleansed) {
      requireOneOf(block, "source", cleansed.source(), tablesOf(pipeline, Set.of(Stage.BRONZE)));
      eventTime(pipeline, cleansed, block);
    } else if (derivation instanceof Derivation.Computed computed) {
      Set<String> inputs = tablesOf(pipeline, EnumSet.range(Stage.SILVER, contract.stage()));
      computed.inputs().forEach(input -> requireOneOf(block, "inputs", input, inputs));
      requireNoCircle(pipeline, contract, block);
      if (!computed.inputs().isEmpty()
          && computed.inputs().stream().allMatch(pipeline::isLearned)) {
        block.problem(
            "inputs",
            "are all what models learned, which few days have; name one that tells which days it has"
                + " rows of, as the model's scores");
      }
      daysOf(computed, block);
    } else if (derivation instanceof Derivation.Modelled modelled) {
      requireOneOf(block, "model", modelled.model(), pipeline.models().keySet());
    }
  }

  /** What a mart takes of {@code days} that it does not read, it would miss without a word. */
  private static void daysOf(Derivation.Computed computed, Block block) {
    Block parameters = block.block("parameters");
    boolean daily = computed.cadence() instanceof Cadence.Daily;
    int read = computed.cadence().daysRead() - (daily ? 1 : 0);
    int days = parameters.count("days", 0);
    if (days > read) {
      parameters.problem(
          "days",
          days
              + " days are more than the "
              + read
              + " of "
              + (daily ? "look-back-days" : "window-days")
              + " that are read; raise that, or ask for fewer");
    }
  }

  /** A table that is made from itself, be it by way of others, could never be made first. */
  private static void requireNoCircle(
      PipelineConfig pipeline, TableContract contract, Block block) {
    String name = contract.name().table();
    Deque<String> left = new ArrayDeque<>(inputs(pipeline, contract));
    Set<String> seen = new HashSet<>();
    while (!left.isEmpty()) {
      String input = left.pop();
      if (input.equals(name)) {
        block.problem(
            "inputs",
            "'" + name + "' is made from itself, by way of " + seen + "; part the circle");
        return;
      }
      TableContract of = pipeline.tables().get(input);
      if (seen.add(input) && of != null) {
        left.addAll(inputs(pipeline, of));
      }
    }
  }

  /** A row of a snapshot is of the day it landed on, every other of the day of its event. */
  private static void eventTime(
      PipelineConfig pipeline, Derivation.Cleansed cleansed, Block block) {
    TableContract source = pipeline.tables().get(cleansed.source());
    FeedConfig feed =
        source != null && source.derivation() instanceof Derivation.Received received
            ? pipeline.feeds().get(received.feed())
            : null;
    if (feed == null) {
      return;
    }
    if (feed.snapshot() && cleansed.eventTime() != null) {
      block.problem(
          "event-time",
          "feed " + feed.name() + " is a snapshot, whose rows are of its day; leave it out");
    }
    if (!feed.snapshot() && cleansed.eventTime() == null) {
      block.problem("event-time", "is missing; name the column whose day a row is of");
    }
  }

  private static Set<String> tablesOf(PipelineConfig pipeline, Set<Stage> stages) {
    return pipeline.tables().values().stream()
        .filter(contract -> stages.contains(contract.stage()))
        .map(contract -> contract.name().table())
        .collect(Collectors.toSet());
  }

  private static void checks(TableContract contract, Block block) {
    long rowChecks =
        contract.checks().stream()
                .filter(
                    check -> check instanceof RowCheck || check instanceof TableDayCheck.NullShare)
                .count()
            + derived(contract);
    if (rowChecks > MOST_ROW_CHECKS) {
      block.problem(
          "checks",
          rowChecks
              + " checks of rows and null shares, with those that follow from its columns; a table has"
              + " at most "
              + MOST_ROW_CHECKS
              + ", so split it, or make columns nullable");
    }
    for (Check check : contract.checks()) {
      requireColumns(contract, block, "checks", columnsOf(check));
    }
  }

  /** How many row checks follow from a contract by themselves. */
  private static long derived(TableContract contract) {
    if (!(contract.derivation() instanceof Derivation.Cleansed cleansed)) {
      return 1;
    }
    long forTheRow = cleansed.eventTime() == null ? 1 : 4;
    return forTheRow
        + contract.columns().stream()
            .mapToLong(column -> (column.from().isPresent() ? 1 : 0) + (column.nullable() ? 0 : 1))
            .sum();
  }

  private static List<String> columnsOf(Check check) {
    if (check instanceof RowCheck.NotNull notNull) {
      return List.of(notNull.column());
    }
    if (check instanceof RowCheck.Range range) {
      return List.of(range.column());
    }
    if (check instanceof RowCheck.Regex regex) {
      return List.of(regex.column());
    }
    if (check instanceof RowCheck.InSet inSet) {
      return List.of(inSet.column());
    }
    if (check instanceof RowCheck.UniqueKey key) {
      return key.columns();
    }
    if (check instanceof TableDayCheck.NullShare share) {
      return List.of(share.column());
    }
    if (check instanceof TableDayCheck.Freshness fresh) {
      return List.of(fresh.column());
    }
    return List.of();
  }

  private static void controls(PipelineConfig pipeline, TableContract contract, Block block) {
    for (ControlTotal control : contract.controls()) {
      requireOneOf(block, "controls", control.total(), contract.totals().keySet());
      TableContract input = pipeline.tables().get(control.input());
      if (input == null) {
        requireOneOf(block, "controls", control.input(), pipeline.tables().keySet());
      } else {
        requireOneOf(block, "controls", control.inputTotal(), input.totals().keySet());
      }
    }
  }

  /** Of most days a weekly table has nothing that others could be made from. */
  private static void requireWeekly(PipelineConfig pipeline, TableContract contract, Block block) {
    for (String input : inputs(pipeline, contract)) {
      TableContract of = pipeline.tables().get(input);
      if (of != null && of.isWeekly() && !contract.isWeekly()) {
        block.problem(
            contract.derivation() instanceof Derivation.Modelled ? "model" : "inputs",
            "'" + input + "' is weekly, so only a weekly table can be made from it");
      }
    }
  }

  static List<String> inputs(PipelineConfig pipeline, TableContract consumer) {
    Derivation derivation = consumer.derivation();
    if (derivation instanceof Derivation.Cleansed cleansed) {
      return List.of(cleansed.source());
    }
    if (derivation instanceof Derivation.Computed computed) {
      return computed.inputs();
    }
    ModelConfig model =
        derivation instanceof Derivation.Modelled modelled
            ? pipeline.models().get(modelled.model())
            : null;
    return model == null ? List.of() : model.inputs();
  }

  static void requireColumns(
      TableContract contract, Block block, String key, List<String> columns) {
    Set<String> known =
        contract.columns().stream().map(ColumnContract::name).collect(Collectors.toSet());
    columns.forEach(column -> requireOneOf(block, key, column, known));
  }

  private static void requireOneOf(Block block, String key, String name, Set<String> known) {
    if (!known.contains(name) && !name.isEmpty()) {
      block.problem(
          key, "'" + name + "' is not there; there are " + new java.util.TreeSet<>(known));
    }
  }
}
