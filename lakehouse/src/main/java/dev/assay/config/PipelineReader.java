package dev.assay.config;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads the {@code pipeline} block. */
final class PipelineReader {
  static final String NAME = "[a-z][a-z0-9_]*";

  private PipelineReader() {}

  static PipelineConfig read(Block block, Block defaults) {
    String name = block.text("name");
    requireName(block, "name", name);
    Map<String, FeedConfig> feeds = new LinkedHashMap<>();
    Block feedDefaults = defaults.block("feed");
    Block stageDefaults = defaults.block("stage");
    block.blocks("feeds").forEach((feed, conf) -> feeds.put(feed, feed(feed, conf, feedDefaults)));
    Map<String, TableContract> tables = new LinkedHashMap<>();
    Map<String, Block> tableBlocks = block.blocks("tables");
    tableBlocks.forEach(
        (table, conf) -> {
          requireName(conf, "name", table);
          tables.put(table, TableReader.read(new TableName(orX(name), table), conf, feeds));
        });
    Map<String, ModelConfig> models = new LinkedHashMap<>();
    Map<String, Block> modelBlocks = block.blocks("models");
    ModelReader modelReader = new ModelReader(defaults.block("model"));
    modelBlocks.forEach((model, conf) -> models.put(model, modelReader.read(model, conf)));
    Map<String, ExportConfig> exports = new LinkedHashMap<>();
    block
        .blocks("exports")
        .forEach((export, conf) -> exports.put(export, ExportReader.read(export, conf, tables)));
    PipelineConfig pipeline =
        new PipelineConfig(
            name,
            block.text("description"),
            block.text("owner"),
            date(block, "start"),
            feeds,
            tables,
            models,
            stages(block.block("stages"), stageDefaults),
            exports);
    feedDefaults.close();
    stageDefaults.close();
    defaults.close();
    block.close();
    ContractRules.check(pipeline, tableBlocks, modelBlocks);
    return pipeline;
  }

  static void requireName(Block block, String key, String name) {
    if (!name.matches(NAME) && !name.isEmpty()) {
      block.problem(key, "'" + name + "' is not a name; use a-z, 0-9 and _, a letter first");
    }
  }

  private static String orX(String name) {
    return name.isEmpty() ? "x" : name;
  }

  private static FeedConfig feed(String name, Block feed, Block defaults) {
    String files = feed.text("files");
    if (!files.contains("{date}")) {
      feed.problem("files", "'" + files + "' has no {date}; say where the landing date stands");
    }
    FeedFormat format =
        owner(feed, defaults, "format").oneOf("format", FeedFormat.class, FeedFormat.BY_NAME);
    FeedConfig read =
        new FeedConfig(
            name,
            files,
            feed.texts("columns").stream().map(FeedConfig::columnName).toList(),
            format,
            owner(feed, defaults, "header").flag("header", true),
            character(owner(feed, defaults, "delimiter"), "delimiter"),
            character(owner(feed, defaults, "quote"), "quote"),
            owner(feed, defaults, "final-newline").flag("final-newline", true),
            owner(feed, defaults, "drift").oneOf("drift", Drift.class, Drift.REFUSE),
            owner(feed, defaults, "snapshot").flag("snapshot", false),
            owner(feed, defaults, "allowed-lateness-days").count("allowed-lateness-days", 0),
            weekDays(owner(feed, defaults, "required-on")),
            owner(feed, defaults, "arrives-within").duration("arrives-within"),
            JdbcReader.read(feed, defaults, files, format));
    if (read.columns().isEmpty()) {
      feed.problem("columns", "is empty; name the fields of the feed's records");
    }
    if (read.snapshot() && read.allowedLatenessDays() > 0) {
      feed.problem(
          "allowed-lateness-days", "a snapshot is of the day it lands on; leave it out, or 0");
    }
    JdbcReader.check(read, feed);
    feed.close();
    return read;
  }

  /** The block that says a key: the feed's own, else that of the defaults. */
  static Block owner(Block own, Block defaults, String key) {
    boolean byDefault = defaults.has(key);
    return own.has(key) || !byDefault ? own : defaults;
  }

  private static char character(Block block, String key) {
    String text = block.text(key);
    if (text.length() != 1) {
      block.problem(key, "'" + text + "' is not one character");
      return ',';
    }
    return text.charAt(0);
  }

  private static Set<DayOfWeek> weekDays(Block block) {
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (String day : block.texts("required-on", List.of())) {
      try {
        days.add(DayOfWeek.valueOf(day.toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException unknown) {
        block.problem(
            "required-on", "'" + day + "' is no week day; write them as [monday, friday]");
      }
    }
    return days;
  }

  private static Map<Stage, StageConfig> stages(Block block, Block defaults) {
    Map<Stage, StageConfig> stages = new EnumMap<>(Stage.class);
    for (Stage stage : Stage.values()) {
      Block own = block.block(stage.id());
      StageSize size = owner(own, defaults, "size").oneOf("size", StageSize.class, StageSize.SMALL);
      Duration timeout = owner(own, defaults, "timeout").duration("timeout");
      int retries = owner(own, defaults, "retries").count("retries", 0);
      stages.put(stage, new StageConfig(size, timeout, retries));
      own.close();
    }
    block.close();
    return stages;
  }

  private static LocalDate date(Block block, String key) {
    String text = block.text(key);
    try {
      return text.isEmpty() ? LocalDate.EPOCH : LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      block.problem(key, "'" + text + "' is no date; write it as 2010-12-01");
      return LocalDate.EPOCH;
    }
  }
}
