package dev.assay.job;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;

/** Work on several tables at once, which keeps the cores busy where each table is small. */
final class Concurrently {
  private static final int MOST_AT_ONCE = 4;

  private Concurrently() {}

  /**
   * Does the work for every item and then hands out the results, in the items' order. All work is
   * waited for; the first error is thrown, with the others attached.
   */
  static <T, R> void forEach(
      SparkSession spark, List<T> items, Function<T, R> work, BiConsumer<T, R> results) {
    ExecutorService threads =
        Executors.newFixedThreadPool(Math.max(1, Math.min(items.size(), MOST_AT_ONCE)));
    try {
      List<Future<R>> futures = new ArrayList<>();
      for (T item : items) {
        futures.add(
            threads.submit(
                () -> {
                  SparkSession.setActiveSession(spark);
                  return work.apply(item);
                }));
      }
      List<RuntimeException> errors = new ArrayList<>();
      for (int i = 0; i < items.size(); i++) {
        try {
          results.accept(items.get(i), futures.get(i).get());
        } catch (ExecutionException failed) {
          errors.add(unchecked(failed));
        }
      }
      if (!errors.isEmpty()) {
        errors.subList(1, errors.size()).forEach(errors.get(0)::addSuppressed);
        throw errors.get(0);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while writing", interrupted);
    } finally {
      threads.shutdownNow();
    }
  }

  private static RuntimeException unchecked(ExecutionException failed) {
    return failed.getCause() instanceof RuntimeException cause
        ? cause
        : new IllegalStateException("could not write", failed.getCause());
  }
}
