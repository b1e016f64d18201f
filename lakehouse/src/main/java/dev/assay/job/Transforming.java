package dev.assay.job;

import dev.assay.config.ColumnContract;
import dev.assay.config.Derivation;
import dev.assay.config.PipelineConfig;
import dev.assay.config.TableContract;
import dev.assay.plan.Transforms;
import java.util.stream.Collectors;

/**
 * What tables' rows follow from besides their inputs: their contracts, without what people alone
 * read, and what their stage says of how it makes them.
 */
public final class Transforming {
  private Transforming() {}

  /** The transforms of a stage's tables, and of no others. */
  public static Transforms of(StageJob job, PipelineConfig pipeline) {
    return contract ->
        contract.stage() == job.stage()
            ? contracts(pipeline, contract) + "\n" + job.transform(pipeline, contract)
            : null;
  }

  /** Its contract; those of all tables of a model, which are made at once. */
  private static String contracts(PipelineConfig pipeline, TableContract contract) {
    return contract.derivation() instanceof Derivation.Modelled
        ? pipeline.tables().values().stream()
            .filter(other -> other.derivation().equals(contract.derivation()))
            .map(Transforming::contract)
            .sorted()
            .collect(Collectors.joining("\n", contract.name() + "\n", ""))
        : contract(contract);
  }

  private static String contract(TableContract contract) {
    String columns =
        contract.columns().stream().map(Transforming::column).collect(Collectors.joining(", "));
    return String.join(
        "\n",
        contract.name().toString(),
        contract.partition(),
        contract.key().toString(),
        columns,
        contract.derivation().toString(),
        contract.checks().toString(),
        contract.totals().toString(),
        contract.controls().toString());
  }

  private static String column(ColumnContract column) {
    return String.join(
        " ",
        column.name(),
        column.type(),
        Boolean.toString(column.nullable()),
        column.from().orElse(""),
        column.format().orElse(""),
        column.computed().orElse(""));
  }
}
