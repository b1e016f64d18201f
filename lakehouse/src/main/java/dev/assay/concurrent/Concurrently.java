package dev.assay.concurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Work on several items at once, in threads of its own.
 *
 * <p>Never in the JVM's common pool: Hadoop closes streams with its help, so that work which waits
 * there for Spark or for the store can stop both for good.
 */
public final class Concurrently {
  private Concurrently() {}

  /** What the work gives for every item, in the items' order; as {@link #forEach}. */
  public static <T, R> List<R> map(List<T> items, int atOnce, Function<T, R> work) {
    List<R> all = new ArrayList<>();
    forEach(items, atOnce, work, (item, result) -> all.add(result));
    return all;
  }

  /**
   * Does the work for every item and then hands out the results, in the items' order. All work is
   * waited for; the first error is thrown, with the others attached.
   *
   * @param atOnce how many items are worked on at a time, at most
   */
  public static <T, R> void forEach(
      List<T> items, int atOnce, Function<T, R> work, BiConsumer<T, R> results) {
    ExecutorService threads =
        Executors.newFixedThreadPool(Math.max(1, Math.min(items.size(), atOnce)));
    try {
      List<Future<R>> futures = new ArrayList<>();
      for (T item : items) {
        futures.add(threads.submit(() -> work.apply(item)));
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
      throw new IllegalStateException("interrupted while others worked", interrupted);
    } finally {
      threads.shutdownNow();
    }
  }

  private static RuntimeException unchecked(ExecutionException failed) {
    return failed.getCause() instanceof RuntimeException cause
        ? cause
        : new IllegalStateException("work failed", failed.getCause());
  }
}
