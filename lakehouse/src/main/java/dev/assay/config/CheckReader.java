package dev.assay.config;

import dev.assay.checks.Check;
import dev.assay.checks.RowCheck;
import dev.assay.checks.Severity;
import dev.assay.checks.TableDayCheck;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads a block of a table's {@code checks}. */
final class CheckReader {
  private CheckReader() {}

  static Check read(String name, Block block) {
    PipelineReader.requireName(block, "name", name);
    Severity severity = block.oneOf("severity", Severity.class, Severity.FAIL);
    Check check = read(name, severity, block);
    if (check instanceof TableDayCheck && severity == Severity.QUARANTINE) {
      block.problem(
          "severity", "a check of a whole table-day has no rows to quarantine; use warn or fail");
    }
    block.close();
    return check;
  }

  private static Check read(String name, Severity severity, Block block) {
    return switch (block.text("check")) {
      case "not-null" -> new RowCheck.NotNull(name, severity, block.text("column"));
      case "range" -> range(name, severity, block);
      case "regex" -> new RowCheck.Regex(name, severity, block.text("column"), pattern(block));
      case "in-set" ->
          new RowCheck.InSet(name, severity, block.text("column"), block.texts("values"));
      case "unique-key" -> new RowCheck.UniqueKey(name, severity, block.texts("columns"));
      case "expression" -> new RowCheck.Expression(name, severity, block.text("expression"));
      case "row-count" ->
          new TableDayCheck.RowCount(
              name, severity, block.optionalLong("min"), block.optionalLong("max"));
      case "null-share" ->
          new TableDayCheck.NullShare(name, severity, block.text("column"), block.number("max"));
      case "freshness" ->
          new TableDayCheck.Freshness(
              name, severity, block.text("column"), block.duration("max-age"));
      case "volume" ->
          new TableDayCheck.Volume(
              name,
              severity,
              block.integer("days"),
              block.integer("at-least-days", 1),
              block.number("min"),
              block.number("max"));
      default -> unknown(name, severity, block);
    };
  }

  private static Check range(String name, Severity severity, Block block) {
    if (!block.has("min") && !block.has("max")) {
      block.problem("min", "a range needs min, max or both");
    }
    return new RowCheck.Range(
        name, severity, block.text("column"), block.optionalText("min"), block.optionalText("max"));
  }

  private static String pattern(Block block) {
    String pattern = block.text("pattern");
    try {
      Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      block.problem("pattern", "is no regular expression: " + e.getDescription());
    }
    return pattern;
  }

  private static Check unknown(String name, Severity severity, Block block) {
    String kind = block.text("check");
    if (!kind.isEmpty()) {
      block.problem(
          "check",
          "'"
              + kind
              + "' is none of not-null, range, regex, in-set, unique-key, expression,"
              + " row-count, null-share, freshness, volume");
    }
    return new RowCheck.Expression(name, severity, "true");
  }
}
