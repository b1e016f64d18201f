package dev.assay.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.testing.WorkerProcess;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Two processes that change days of one table side by side, each its own days, a day again until it
 * is acknowledged, as a scheduler would.
 */
final class Race {
  /** What a fault makes fail, a scheduler tries again; what fails so often is broken. */
  private static final int MOST_TRIES = 12;

  private static final Duration LONGEST_TRY = Duration.ofMinutes(4);

  private Race() {}

  /**
   * What a process answered.
   *
   * @param run the try's own name
   * @param exitCode what a stage's process would have ended with
   * @param said what else it said: {@code published <release> <version>}, {@code committed
   *     <version>}, {@code current}, or why not
   */
  record Answer(String run, LocalDate day, int exitCode, String said) {
    boolean acknowledged() {
      return exitCode == 0;
    }

    /** Whether it failed, but said that its release may be visible all the same. */
    boolean saysDecided() {
      return said.contains("was decided before");
    }

    /** The numbers of what was acknowledged. */
    List<Long> numbers() {
      return Stream.of(said.split(" ", -1)).skip(1).map(Long::valueOf).toList();
    }
  }

  /** Each process's answers, both processes' together. */
  static List<Answer> run(
      String order, String lake, int days, WorkerProcess one, WorkerProcess two) {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      CompletableFuture<List<Answer>> left =
          CompletableFuture.supplyAsync(
              () -> all(order, lake, "left", LocalDate.of(2011, 1, 1), days, one), threads);
      CompletableFuture<List<Answer>> right =
          CompletableFuture.supplyAsync(
              () -> all(order, lake, "right", LocalDate.of(2013, 1, 1), days, two), threads);
      return Stream.of(left, right).flatMap(answers -> answers.join().stream()).toList();
    } finally {
      threads.shutdownNow();
    }
  }

  private static List<Answer> all(
      String order, String lake, String name, LocalDate first, int days, WorkerProcess process) {
    return IntStream.range(0, days)
        .mapToObj(first::plusDays)
        .flatMap(day -> untilAcknowledged(order, lake, name, day, process).stream())
        .toList();
  }

  private static List<Answer> untilAcknowledged(
      String order, String lake, String name, LocalDate day, WorkerProcess process) {
    List<Answer> tries = new ArrayList<>();
    while (tries.isEmpty() || !tries.get(tries.size() - 1).acknowledged()) {
      assertThat(tries).as("tries at " + day).hasSizeLessThan(MOST_TRIES);
      String run = name + "-" + day + "-" + (tries.size() + 1);
      tries.add(ask(order + " " + lake, run, day, process));
    }
    return tries;
  }

  /** One try. */
  static Answer ask(String order, String run, LocalDate day, WorkerProcess process) {
    process.ask(order + " " + run + " " + day);
    return answer(run, day, process);
  }

  /** The rows of the newest release, {@code <day> <id>} each, in their order. */
  static List<String> rows(String lake, WorkerProcess process) {
    process.ask("rows " + lake);
    String[] answer = process.answer(LONGEST_TRY).split(" ", 2);
    assertThat(answer[0]).as(answer[1]).isEqualTo("0");
    return List.of(answer[1].split(",", -1));
  }

  /** What became of a try that was ordered. */
  static Answer answer(String run, LocalDate day, WorkerProcess process) {
    String[] answer = process.answer(LONGEST_TRY).split(" ", 2);
    return new Answer(run, day, Integer.parseInt(answer[0]), answer[1]);
  }
}
