package dev.assay.testing;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import dev.assay.config.Stage;
import dev.assay.config.TableContract;
import dev.assay.error.AssayException;
import dev.assay.job.StageRunner;
import dev.assay.table.Draft;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;

/**
 * A process that publishes days of {@code test.sales} on a lake in MinIO, one after another, and
 * exits with the code of the first that fails.
 *
 * <p>Arguments: the lake's root, the id of its sales, the first day, how many days, and optionally
 * a gate: rows wait, while they are written, until the file {@code <gate>.open} exists; {@code
 * <gate>.waiting} says that they do.
 */
public final class PublishDays {
  private static final long PAUSE_NANOS = 20_000_000L;

  private PublishDays() {}

  public static void main(String[] args) {
    TableContract contract = Contracts.sales("sales");
    StageRunner runner = Sales.runner(args[0], contract);
    LocalDate first = LocalDate.parse(args[2]);
    String gate = args.length > 4 ? args[4] : "";
    try {
      for (int i = 0; i < Integer.parseInt(args[3]); i++) {
        LocalDate day = first.plusDays(i);
        runner.run(gated(contract, day, args[1], gate), day, Set.of(), false, args[1]);
      }
      System.exit(0);
    } catch (AssayException failure) {
      System.err.println(failure.message());
      System.exit(failure.exitCode().code());
    }
  }

  private static FakeStage gated(TableContract contract, LocalDate day, String id, String gate) {
    SparkSession spark = TestSpark.session();
    UDF1<String, String> waiting =
        value -> {
          if (!gate.isEmpty()) {
            Files.writeString(Path.of(gate + ".waiting"), "");
            while (!Files.exists(Path.of(gate + ".open"))) {
              LockSupport.parkNanos(PAUSE_NANOS);
            }
          }
          return value;
        };
    return new FakeStage(
        Stage.GOLD,
        run -> {
          Draft draft = Sales.draft(spark, contract, day, Map.of(id, "1.00"));
          return List.of(
              new Draft(
                  contract,
                  day,
                  draft
                      .rows()
                      .withColumn(
                          "id",
                          udf(waiting, DataTypes.StringType)
                              .asNondeterministic()
                              .apply(col("id")))));
        });
  }
}
