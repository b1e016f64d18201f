package dev.assay.testing;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.assay.ledger.Hashes;
import dev.assay.model.Champions;
import dev.assay.table.Inputs;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Inputs that a test holds in memory. */
public final class FakeInputs implements Inputs {
  private final Map<String, Dataset<Row>> tables = new LinkedHashMap<>();
  private final Map<String, String> partitions = new LinkedHashMap<>();
  private final Map<String, Set<LocalDate>> published = new LinkedHashMap<>();
  private Function<String, Champions> champions = model -> Champions.none();

  /** Adds a table, whose days are told apart by a column. */
  public FakeInputs with(String table, String partition, Dataset<Row> rows) {
    tables.put(table, rows);
    partitions.put(table, partition);
    return this;
  }

  /** Adds a table, of which these days were published, with rows or without. */
  public FakeInputs with(String table, String partition, Dataset<Row> rows, Set<LocalDate> days) {
    published.put(table, Set.copyOf(days));
    return with(table, partition, rows);
  }

  @Override
  public Dataset<Row> days(String table, LocalDate from, LocalDate to) {
    return rows(table).where(col(partitions.get(table)).between(lit(from), lit(to)));
  }

  @Override
  public boolean has(String table) {
    return tables.containsKey(table);
  }

  @Override
  public boolean hasDay(String table, LocalDate day) {
    Set<LocalDate> days = published.get(table);
    return days == null ? has(table) && !days(table, day, day).isEmpty() : days.contains(day);
  }

  @Override
  public Content content(String table, LocalDate from, LocalDate to) {
    List<String> rows = days(table, from, to).toJSON().collectAsList().stream().sorted().toList();
    return new Content(rows.size(), Hashes.sha256(rows.toString()));
  }

  /** Sets where the champions of a model are looked up. */
  public FakeInputs withChampions(Function<String, Champions> where) {
    champions = where;
    return this;
  }

  @Override
  public Champions champions(String model) {
    return champions.apply(model);
  }

  @Override
  public long version(String table) {
    rows(table);
    return 0;
  }

  private Dataset<Row> rows(String table) {
    Dataset<Row> rows = tables.get(table);
    if (rows == null) {
      throw new IllegalArgumentException("the test has no table " + table);
    }
    return rows;
  }
}
