package dev.assay.audit;

import dev.assay.config.TableName;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import scala.concurrent.Await;

/** The figures of published rows that were observed as they were written; a sum over none is 0. */
final class Observed {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

  private final Row metrics;

  private Observed(Row metrics) {
    this.metrics = metrics;
  }

  /** The figures of a contract that asks for none. */
  static Observed nothing() {
    return new Observed(RowFactory.create());
  }

  /**
   * The figures of a writing that has ended.
   *
   * @throws AssayException with UNEXPECTED if there are none: Spark drops them with a plan that its
   *     optimizer replaces, and then nothing is known of what was written
   */
  static Observed of(Observation observation, TableName table) {
    Row row = null;
    try {
      row =
          Await.result(
              observation.future(),
              scala.concurrent.duration.Duration.fromNanos(LONGEST_WAIT.toNanos()));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException neverCame) {
      // Said below, with what it means.
    }
    if (row == null || row.length() == 0) {
      throw new AssayException(
          ExitCode.UNEXPECTED,
          "Spark wrote rows of "
              + table
              + " without summing them up, so their totals are not known and nothing was published;"
              + " keep AQEPropagateEmptyRelation and PropagateEmptyRelation excluded from Spark's"
              + " optimizers");
    }
    return new Observed(row);
  }

  String text(String name) {
    Object value = metrics.get(metrics.fieldIndex(name));
    return value == null ? "0" : value.toString();
  }

  Optional<Instant> time(String name) {
    Object value = metrics.get(metrics.fieldIndex(name));
    if (value == null) {
      return Optional.empty();
    }
    return Optional.of(
        value instanceof Instant instant ? instant : ((java.sql.Timestamp) value).toInstant());
  }
}
