package dev.assay.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Another JVM that does what it is told, one order after another, so that not every test waits for
 * Spark to start. An order is a line on its stdin, an answer a file in a folder.
 */
public final class WorkerProcess implements AutoCloseable {
  private static final long POLL_MS = 10;

  private final Supplier<JavaProcess> starting;
  private final Path answers;
  private JavaProcess process;
  private int asked;
  private boolean busy;

  /**
   * Starts a main class that {@link #serve serves}.
   *
   * @param answers a folder of its own, its first argument
   * @param args the arguments after that
   */
  public WorkerProcess(Class<?> main, Path answers, String... args) throws IOException {
    this.answers = Files.createDirectories(answers);
    String[] all = new String[args.length + 1];
    all[0] = answers.toString();
    System.arraycopy(args, 0, all, 1, args.length);
    this.starting = () -> JavaProcess.start(List.of(), Map.of(), main, all);
    this.process = starting.get();
  }

  /** In that process: answers every order until there are no more. */
  public static void serve(Path answers, UnaryOperator<String> work) throws IOException {
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      String[] parts = order.split(" ", 2);
      Path draft = answers.resolve(parts[0] + ".tmp");
      Files.writeString(draft, work.apply(parts[1]));
      Files.move(draft, answers.resolve(parts[0]), StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** Gives an order, to which {@link #answer} waits for the answer. */
  public void ask(String order) {
    asked++;
    busy = true;
    try {
      OutputStream in = process.process().getOutputStream();
      in.write((asked + " " + order + "\n").getBytes(StandardCharsets.UTF_8));
      in.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(process.said(), e);
    }
  }

  /**
   * The answer to the last order.
   *
   * @throws IllegalStateException if the process ended, or there is none in time
   */
  public String answer(Duration within) {
    Path file = answers.resolve(Integer.toString(asked));
    await(file, within);
    busy = false;
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Waits for a file that the process makes.
   *
   * @throws IllegalStateException if the process ended, or there is none in time
   */
  public void await(Path file, Duration within) {
    long deadline = System.nanoTime() + within.toNanos();
    try {
      while (!Files.exists(file)) {
        if (process.process().waitFor(POLL_MS, TimeUnit.MILLISECONDS)) {
          throw new IllegalStateException(
              "ended with " + process.process().exitValue() + ": " + process.said());
        }
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException(
              "no " + file.getFileName() + " within " + within + ": " + process.said());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Whether it was given an order whose answer nobody has taken yet. */
  public boolean isBusy() {
    return busy;
  }

  /** Kills it, whatever it is at, and starts another in its place. */
  public void kill() throws InterruptedException {
    process.process().destroyForcibly().waitFor();
    busy = false;
    process = starting.get();
  }

  @Override
  public void close() {
    process.process().destroyForcibly();
  }
}
