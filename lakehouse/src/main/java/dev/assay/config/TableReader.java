package dev.assay.config;

import dev.assay.checks.Check;
import dev.assay.checks.RowCheck;
import dev.assay.checks.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a block of {@code pipeline.tables}. */
final class TableReader {
  private static final Pattern TYPE =
      Pattern.compile(
          "string|int|bigint|double|boolean|date|timestamp|binary|decimal\\((\\d+),(\\d+)\\)");
  private static final int MOST_DIGITS = 38;
  private static final int DAYS_OF_A_WEEK = 7;

  private TableReader() {}

  static TableContract read(TableName name, Block block, Map<String, FeedConfig> feeds) {
    Stage stage = block.oneOf("stage", Stage.class, Stage.BRONZE);
    Derivation derivation = derivation(stage, block);
    String partition = block.text("partition", partition(stage, derivation, block));
    List<ColumnContract> columns = new ArrayList<>();
    columns.add(ColumnContract.plain(partition, "date", false, "The table-day."));
    if (derivation instanceof Derivation.Received received) {
      FeedConfig feed = feeds.get(received.feed());
      columns.addAll(feed == null ? List.of() : ReceivedColumns.of(feed));
    } else {
      boolean cleansed = derivation instanceof Derivation.Cleansed;
      block.list("columns").forEach(column -> columns.add(column(column, cleansed)));
    }
    List<Check> checks = new ArrayList<>();
    block.blocks("checks").forEach((check, conf) -> checks.add(CheckReader.read(check, conf)));
    List<String> key = block.texts("key", List.of());
    if (!key.isEmpty()) {
      checks.add(new RowCheck.UniqueKey("one_row_a_key", Severity.FAIL, key));
    }
    Map<String, String> totals = new LinkedHashMap<>(block.settings("totals"));
    TableContract contract =
        new TableContract(
            name,
            stage,
            block.text("description"),
            partition,
            key,
            columns,
            derivation,
            checks,
            totals,
            controls(block),
            upkeep(block),
            block.has("deadline") ? block.duration("deadline") : null);
    block.close();
    return contract;
  }

  private static Derivation derivation(Stage stage, Block block) {
    return switch (stage) {
      case BRONZE -> new Derivation.Received(block.text("feed"));
      case SILVER ->
          new Derivation.Cleansed(
              block.text("source"),
              block.optionalText("event-time"),
              block.flag("deduplicate", true));
      case GOLD -> computed(block);
      case ML ->
          block.has("transform") ? computed(block) : new Derivation.Modelled(block.text("model"));
    };
  }

  private static Derivation computed(Block block) {
    return new Derivation.Computed(
        block.texts("inputs"), transform(block), cadence(block), block.freeForm("parameters"));
  }

  private static Transform transform(Block block) {
    String name = block.text("transform");
    if (!SqlFiles.isOne(name)) {
      return new Transform.InClass(name);
    }
    if (!block.has("sql")) {
      block.problem("transform", "'" + name + "' is no file of the conf folder; write it there");
    }
    return new Transform.Sql(name, block.text("sql", ""));
  }

  private static Cadence cadence(Block block) {
    String cadence = block.text("cadence");
    if (cadence.equals("snapshot")) {
      return new Cadence.Snapshot(block.count("window-days", 1));
    }
    if (cadence.equals("weekly")) {
      return new Cadence.Weekly(block.count("window-days", DAYS_OF_A_WEEK));
    }
    if (!cadence.equals("daily")) {
      block.problem("cadence", "'" + cadence + "' is none of daily, snapshot and weekly");
    }
    return new Cadence.Daily(block.count("look-back-days", 0));
  }

  private static String partition(Stage stage, Derivation derivation, Block block) {
    boolean snapshot =
        derivation instanceof Derivation.Computed computed
            ? computed.cadence().isState()
            : derivation instanceof Derivation.Cleansed cleansed && cleansed.eventTime() == null;
    return switch (stage) {
      case BRONZE -> "landing_date";
      case ML -> block.text("cadence", "snapshot").equals("daily") ? "day" : "as_of";
      default -> snapshot ? "as_of" : "day";
    };
  }

  private static ColumnContract column(Block block, boolean cleansed) {
    String name = block.text("name");
    PipelineReader.requireName(block, "name", name);
    String type = block.text("type");
    if (!isType(type)) {
      block.problem(
          "type",
          "'"
              + type
              + "' is no type; use string, int, bigint, double, boolean, date, timestamp,"
              + " binary, decimal(p,s) with p up to 38, or array<...>");
    }
    String from = block.optionalText("from");
    String computed = block.optionalText("as");
    if (cleansed && (from == null) == (computed == null)) {
      block.problem("from", "a silver column has either 'from', over the source, or 'as'");
    }
    if (!cleansed && (from != null || computed != null)) {
      block.problem(from == null ? "as" : "from", "is for silver columns; a transform makes this");
    }
    ColumnContract column =
        new ColumnContract(
            name,
            type,
            block.flag("nullable", false),
            block.text("comment"),
            block.flag("personal", false),
            from,
            block.optionalText("format"),
            computed);
    block.close();
    return column;
  }

  private static Upkeep upkeep(Block block) {
    return new Upkeep(
        days(block, "retention"), days(block, "archive-after"), block.texts("z-order", List.of()));
  }

  private static @Nullable Integer days(Block block, String key) {
    if (!block.has(key)) {
      return null;
    }
    Duration days = block.duration(key);
    if (days.toDays() == 0 || days.toHours() % 24 != 0) {
      block.problem(key, "is no number of whole days; write it as '400 days'");
    }
    return Math.toIntExact(days.toDays());
  }

  private static boolean isType(String type) {
    if (type.startsWith("array<") && type.endsWith(">")) {
      return isType(type.substring("array<".length(), type.length() - 1));
    }
    var matcher = TYPE.matcher(type);
    if (!matcher.matches()) {
      return false;
    }
    if (matcher.group(1) == null) {
      return true;
    }
    int precision = Integer.parseInt(matcher.group(1));
    return precision >= 1
        && precision <= MOST_DIGITS
        && Integer.parseInt(matcher.group(2)) <= precision;
  }

  private static List<ControlTotal> controls(Block block) {
    List<ControlTotal> controls = new ArrayList<>();
    for (Block control : block.list("controls")) {
      controls.add(
          new ControlTotal(
              control.text("total"), control.text("input"), control.text("input-total")));
      control.close();
    }
    return controls;
  }
}
