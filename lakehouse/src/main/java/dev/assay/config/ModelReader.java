package dev.assay.config;

import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads a block of {@code pipeline.models}. */
final class ModelReader {
  private final Block defaults;
  private final Block gateDefaults;

  ModelReader(Block defaults) {
    this.defaults = defaults;
    this.gateDefaults = defaults.block("gate");
    List.of("window-days", "retrain-growth").forEach(defaults::has);
    List.of("margin", "psi-limit", "settling-days", "moving").forEach(gateDefaults::has);
    // Columns that the tables of models have alike, for conf to point at.
    defaults.block("columns");
    gateDefaults.close();
    defaults.close();
  }

  ModelConfig read(String name, Block block) {
    Block gate = block.block("gate");
    ModelConfig model =
        new ModelConfig(
            name,
            block.texts("inputs"),
            owner(block, "window-days").count("window-days", 1),
            block.texts("learned", List.of()),
            owner(block, "retrain-growth").number("retrain-growth"),
            block.text("class"),
            query(block, "examples"),
            query(block, "subjects"),
            gate(gate),
            block.freeForm("parameters"));
    if (model.windowDays() == 0) {
      block.problem("window-days", "0 days have no rows; give 1 or more");
    }
    gate.close();
    block.close();
    return model;
  }

  private GateConfig gate(Block gate) {
    return new GateConfig(
        PipelineReader.owner(gate, gateDefaults, "margin").number("margin"),
        PipelineReader.owner(gate, gateDefaults, "psi-limit").number("psi-limit"),
        PipelineReader.owner(gate, gateDefaults, "settling-days").count("settling-days", 0),
        new TreeSet<>(
            PipelineReader.owner(gate, gateDefaults, "moving").texts("moving", List.of())));
  }

  private Block owner(Block block, String key) {
    return PipelineReader.owner(block, defaults, key);
  }

  private static @Nullable String query(Block block, String key) {
    String file = block.optionalText(key);
    if (file == null) {
      return null;
    }
    if (!block.has(SqlFiles.textOf(key))) {
      block.problem(key, "'" + file + "' is no file of the conf folder; write it there");
    }
    return block.text(SqlFiles.textOf(key), "");
  }
}
