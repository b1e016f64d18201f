package dev.assay.gold.web;

import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import dev.assay.config.TableName;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.jspecify.annotations.Nullable;

/**
 * What a row is called: the name of the first case that holds. The last always does, so that every
 * row has a name.
 *
 * @param cases the cases, the first that is asked first
 */
record Naming(List<Case> cases) {
  private static final String ALWAYS = "true";

  /**
   * A name, and when it is a row's.
   *
   * @param name the name
   * @param when SQL over the row's columns; null counts as false
   */
  record Case(String name, String when) {}

  /**
   * Reads a list of cases, as {@code [{ name = email, when = "medium = 'email'" }, { name = other,
   * when = "true" }]}.
   *
   * @param key the parameter that holds the list
   * @throws AssayException with USAGE if it is malformed, or does not end with what always holds
   */
  static Naming from(TableName table, Config parameters, String key) {
    List<Case> cases = new ArrayList<>();
    try {
      for (Config one : parameters.getConfigList(key)) {
        cases.add(new Case(one.getString("name"), one.getString("when")));
      }
    } catch (ConfigException e) {
      throw wrong(table, key, e.getMessage() + ";", e);
    }
    if (cases.isEmpty() || !cases.get(cases.size() - 1).when().equals(ALWAYS)) {
      throw wrong(
          table, key, "a row may be left without a name, for the last is no \"true\";", null);
    }
    return new Naming(cases);
  }

  private static AssayException wrong(
      TableName table, String key, String problem, @Nullable ConfigException cause) {
    return new AssayException(
        ExitCode.USAGE,
        "the parameter "
            + key
            + " of "
            + table
            + " is wrong: "
            + problem
            + " write "
            + key
            + " = [{ name = ..., when = \"SQL\" }, ..., { name = other, when = \"true\" }]",
        cause);
  }

  /** A row's name. */
  Column name() {
    Column name = lit(cases.get(cases.size() - 1).name());
    for (int i = cases.size() - 2; i >= 0; i--) {
      name = when(expr(cases.get(i).when()), lit(cases.get(i).name())).otherwise(name);
    }
    return name;
  }
}
