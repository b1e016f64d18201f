package dev.assay.query;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValue;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What {@code :name} stands for in a query: written in as literals, because Delta's parser passes
 * no parameters on to Spark's (4.4.0 on 4.1.0).
 *
 * @param owner what the query is of, for errors
 * @param literals by name, as SQL
 */
record SqlParameters(String owner, Map<String, String> literals) {
  /** A text or a comment, in which nothing is a parameter, or else a parameter. */
  private static final Pattern TOKEN =
      Pattern.compile("'(?:[^'\\\\]|\\\\.|'')*'|--[^\n]*|(?<!:):([a-z][a-z0-9_]*)");

  /** The business date, the first day that is read, and the scalars and lists of conf. */
  static SqlParameters of(String owner, Config parameters, LocalDate date, LocalDate first) {
    Map<String, String> literals = new TreeMap<>();
    parameters
        .root()
        .forEach(
            (key, value) -> {
              switch (value.valueType()) {
                case NUMBER, STRING, BOOLEAN -> literals.put(inSql(key), literal(value));
                case LIST -> literals.put(inSql(key), literals((List<?>) value));
                // Tables of names are for classes.
                case OBJECT, NULL -> {}
              }
            });
    literals.put("date", "DATE'" + date + "'");
    literals.put("first", "DATE'" + first + "'");
    return new SqlParameters(owner, literals);
  }

  /** What a key of conf is called in SQL. */
  static String inSql(String key) {
    return key.replace('-', '_');
  }

  /** The parameters that SQL has. */
  static Set<String> named(String sql) {
    return TOKEN
        .matcher(sql)
        .results()
        .map(found -> found.group(1))
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }

  private static String literals(List<?> values) {
    return values.stream()
        .map(value -> literal((ConfigValue) value))
        .collect(Collectors.joining(", "));
  }

  private static String literal(ConfigValue value) {
    Object plain = value.unwrapped();
    return plain instanceof String text
        ? "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
        : String.valueOf(plain);
  }

  /**
   * The SQL with its parameters written in.
   *
   * @throws AssayException with USAGE if there is none of a name
   */
  String in(String sql) {
    return TOKEN.matcher(sql).replaceAll(found -> Matcher.quoteReplacement(written(found)));
  }

  private String written(MatchResult found) {
    String name = found.group(1);
    if (name == null) {
      return found.group();
    }
    String literal = literals.get(name);
    if (literal == null) {
      throw new AssayException(
          ExitCode.USAGE,
          "the SQL of "
              + owner
              + " has the parameter :"
              + name
              + ", and there are "
              + literals.keySet()
              + "; give it a value in the parameters");
    }
    return literal;
  }
}
