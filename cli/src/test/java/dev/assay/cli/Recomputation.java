package dev.assay.cli;

import dev.assay.config.AssayConfig;
import dev.assay.config.Derivation;
import dev.assay.config.Stage;
import dev.assay.config.TableContract;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A pipeline's silver and gold tables as DuckDB makes them of its landed files, by the SQL in
 * {@code recomputed/<pipeline>/}: a file a table, written from what the table is declared to be,
 * and not from the SQL that Assay makes it with.
 *
 * <p>A file sees the landed rows ({@link LandedTables}), the tables that conf names as the table's
 * inputs, {@code business_days} with every {@code day} of the run that has data, {@code
 * days_read(table)}, the days that conf lets a mart read, and the macros of {@code macros.sql}.
 * Files that are no table's: {@code candidates.sql}, a table for silver ones to choose from; {@code
 * hashed.sql}, of whose rows the table {@code hashes} is made ({@link SparkHashes}); {@code
 * shared.sql}, macros for marts.
 */
final class Recomputation implements AutoCloseable {
  private final AssayConfig config;
  private final Duck duck;

  private Recomputation(AssayConfig config, Duck duck) {
    this.config = config;
    this.duck = duck;
  }

  /** The tables of a pipeline after its days from one to another have run. */
  static Recomputation of(AssayConfig config, LocalDate from, LocalDate to) {
    Recomputation recomputation = new Recomputation(config, Duck.inMemory());
    recomputation.land(from, to);
    recomputation.makeTables();
    return recomputation;
  }

  /** The tables of a stage that are recomputed, each after those that it is made from. */
  static List<TableContract> tables(AssayConfig config, Stage stage) {
    List<String> others = Closeness.notRecomputed(config.pipeline().name());
    return config.pipeline().tablesOf(stage).stream()
        .filter(contract -> !others.contains(contract.name().table()))
        .sorted(Comparator.comparingInt(config.pipeline()::rank))
        .toList();
  }

  private void land(LocalDate from, LocalDate to) {
    duck.run(
        ("CREATE TABLE business_days AS SELECT CAST(unnest(generate_series("
                + "DATE '%s', DATE '%s', INTERVAL 1 DAY)) AS DATE) AS day")
            .formatted(from, to));
    duck.run("CREATE TABLE reads(mart VARCHAR, days INTEGER)");
    for (TableContract contract : config.pipeline().tablesOf(Stage.GOLD)) {
      int days = ((Derivation.Computed) contract.derivation()).cadence().daysRead();
      duck.run("INSERT INTO reads VALUES ('%s', %d)".formatted(contract.name().table(), days));
    }
    new LandedTables(config, duck).make(from, to);
  }

  private void makeTables() {
    duck.run(text("macros.sql").orElseThrow());
    ofPipeline("candidates").ifPresent(sql -> duck.run("CREATE TABLE candidates AS " + sql));
    ofPipeline("hashed").ifPresent(sql -> SparkHashes.make(duck, sql));
    tables(config, Stage.SILVER).forEach(this::make);
    ofPipeline("shared").ifPresent(duck::run);
    tables(config, Stage.GOLD).forEach(this::make);
  }

  private void make(TableContract contract) {
    String table = contract.name().table();
    String sql =
        ofPipeline(table)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        contract.name()
                            + " is recomputed by nothing; write recomputed/"
                            + contract.name().pipeline()
                            + "/"
                            + table
                            + ".sql, or name it in closeness.conf under not-recomputed"));
    duck.run("CREATE TABLE " + table + " AS " + sql);
  }

  private Optional<String> ofPipeline(String file) {
    return text(config.pipeline().name() + "/" + file + ".sql");
  }

  /** A day's rows of a table, with these columns. */
  List<List<Object>> rows(TableContract contract, LocalDate day, List<String> columns) {
    return duck.rows(
        "SELECT \"%s\" FROM %s WHERE %s = DATE '%s'"
            .formatted(
                String.join("\", \"", columns),
                contract.name().table(),
                contract.partition(),
                day));
  }

  /** The days of which a table has rows. */
  List<LocalDate> days(TableContract contract) {
    String sql =
        "SELECT DISTINCT %s FROM %s ORDER BY 1"
            .formatted(contract.partition(), contract.name().table());
    return duck.rows(sql).stream().map(row -> (LocalDate) row.get(0)).toList();
  }

  /** The text of a file of the recomputations, if there is one. */
  static Optional<String> text(String file) {
    try (InputStream bytes = Recomputation.class.getResourceAsStream("/recomputed/" + file)) {
      return bytes == null
          ? Optional.empty()
          : Optional.of(new String(bytes.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    duck.close();
  }
}
