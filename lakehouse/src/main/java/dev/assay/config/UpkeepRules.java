package dev.assay.config;

import java.util.List;
import java.util.stream.Stream;

/** What contracts must keep to, so that maintenance can do to their tables what they say. */
final class UpkeepRules {
  private UpkeepRules() {}

  static void check(PipelineConfig pipeline, TableContract contract, Block block) {
    zOrder(contract, block);
    archive(pipeline, contract, block);
    retention(pipeline, contract, block);
  }

  /** Rows that a table-day still to be made may need must not be past their retention. */
  private static void retention(PipelineConfig pipeline, TableContract contract, Block block) {
    Integer retention = contract.upkeep().retentionDays();
    Integer kept = retention == null ? contract.upkeep().archiveDays() : retention;
    for (TableContract consumer : pipeline.tables().values()) {
      int read = daysRead(pipeline, consumer, contract);
      if (kept != null
          && kept < read
          && ContractRules.inputs(pipeline, consumer).contains(contract.name().table())) {
        block.problem(
            retention == null ? "archive-after" : "retention",
            kept + " days is less than the " + read + " that " + consumer.name() + " is made from");
      }
    }
  }

  private static void zOrder(TableContract contract, Block block) {
    List<String> zOrder = contract.upkeep().zOrder();
    ContractRules.requireColumns(contract, block, "z-order", zOrder);
    if (zOrder.contains(contract.partition())) {
      block.problem("z-order", "a table-day has one " + contract.partition() + "; leave it out");
    }
    contract.columns().stream()
        .filter(column -> zOrder.contains(column.name()) && hasNoBounds(column.type()))
        .forEach(
            column ->
                block.problem(
                    "z-order",
                    "'"
                        + column.name()
                        + "' is of type "
                        + column.type()
                        + ", of which Delta keeps no bounds; leave it out"));
  }

  /**
   * What Delta leaves out of a file's least and greatest values, by its SkippingEligibleDataType.
   */
  private static boolean hasNoBounds(String type) {
    return type.equals("binary") || type.equals("boolean") || type.startsWith("array<");
  }

  /** What leaves the table at once cannot be archived, and personal data must be found in one. */
  private static void archive(PipelineConfig pipeline, TableContract contract, Block block) {
    if (contract.upkeep().archiveDays() == null) {
      return;
    }
    if (contract.upkeep().retentionDays() != null) {
      block.problem(
          "archive-after", "is there beside retention, which takes days away; leave one out");
    }
    // What a bronze table has is personal by what silver tables make of it.
    List<String> personal =
        Stream.concat(Stream.of(contract), pipeline.consumersOf(contract.name().table()).stream())
            .flatMap(
                table ->
                    table.columns().stream()
                        .filter(ColumnContract::personal)
                        .map(column -> table.name().table() + "." + column.name()))
            .toList();
    if (!personal.isEmpty()) {
      block.problem(
          "archive-after",
          personal + " are personal, so the rows must stay in the table; leave it out");
    }
  }

  private static int daysRead(
      PipelineConfig pipeline, TableContract consumer, TableContract input) {
    return (input.isState() ? 1 : window(pipeline, consumer.derivation()))
        + pipeline.feeds().values().stream()
            .mapToInt(FeedConfig::allowedLatenessDays)
            .max()
            .orElse(0);
  }

  private static int window(PipelineConfig pipeline, Derivation derivation) {
    if (derivation instanceof Derivation.Computed computed) {
      return computed.cadence().daysRead();
    }
    ModelConfig model =
        derivation instanceof Derivation.Modelled modelled
            ? pipeline.models().get(modelled.model())
            : null;
    return model == null ? 1 : model.windowDays();
  }
}
