package dev.assay.samples;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.concurrent.Concurrently;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.store.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Generates a feed: its files, and {@code truth.json} with what marts must reach.
 *
 * <p>An hour's rows depend on the seed and on nothing else, least of all on the hours before; so
 * days are written side by side, and in one order or another the bytes are the same.
 */
public final class Samples {
  private static final String TRUTH = "truth.json";
  private static final long HOUR = 0x686f7572;

  private final SampleOrder order;
  private final Generator generator;
  private final Dirt dirt;
  private final long seed;
  private final Account account;

  private Samples(SampleOrder order) {
    this.order = order;
    this.seed = Draws.hash(order.seed(), order.domain().id().hashCode());
    this.generator = generator(order, seed);
    this.dirt = new Dirt(seed, generator, order.format() != Format.PARQUET);
    this.account = new Account(generator.schedule(), generator.truth());
  }

  /**
   * What was written.
   *
   * @param files the days' files, in order
   * @param truth the file with what marts must reach
   */
  public record Written(long rows, List<Path> files, Path truth) {}

  /**
   * Writes a feed.
   *
   * @param atOnce how many days are written at a time; it changes no byte
   * @throws AssayException with USAGE if files of the feed are in the folder already
   */
  public static Written write(SampleOrder order, int atOnce) throws IOException {
    refuseMixing(order);
    return new Samples(order).write(atOnce);
  }

  private static Generator generator(SampleOrder order, long seed) {
    return switch (order.domain()) {
      case ADS -> new Ads(seed, order.start(), order.days(), order.rows());
      case WEB -> new Web(seed, order.start(), order.days(), order.rows());
      case TRACKS -> {
        Path file = order.customers();
        yield new Tracks(
            seed,
            order.start(),
            order.days(),
            order.rows(),
            file == null ? Customers.numbered(seed) : Customers.read(file));
      }
      case PURCHASES -> new Purchases(seed, order.start(), order.rows());
    };
  }

  /** Two orders' files in one folder would look like one feed. */
  private static void refuseMixing(SampleOrder order) {
    Stream.of(TRUTH, order.domain().folder())
        .map(order.out()::resolve)
        .filter(Files::exists)
        .findFirst()
        .ifPresent(
            there -> {
              throw new AssayException(
                  ExitCode.USAGE,
                  there
                      + " is there already, and two feeds in one folder would be taken for one;"
                      + " remove it, or give another --out");
            });
  }

  private Written write(int atOnce) throws IOException {
    List<Integer> days = IntStream.range(0, generator.schedule().days()).boxed().toList();
    List<Path> files = Concurrently.map(days, atOnce, this::writeDay);
    generator.writeBesides(order.out());
    Path truth = order.out().resolve(TRUTH);
    account.writeBesides(order.out());
    Files.writeString(truth, Json.pretty(describe()) + "\n");
    return new Written(account.rows(), files, truth);
  }

  private Path writeDay(int day) {
    String ending = order.format().ending(order.compression());
    Path file = generator.file(order.out(), generator.schedule().date(day), ending);
    try (RowWriter writer =
        RowWriter.open(file, generator.layout(), order.format(), order.compression())) {
      if (day > 0) {
        // What went on after midnight.
        write(writer, day, day - 1, Schedule.HOURS - 1);
      }
      for (int hour = 0; hour < Schedule.HOURS; hour++) {
        write(writer, day, day, hour);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  /** Writes the rows that land on a day, of the sessions that started in an hour. */
  private void write(RowWriter writer, int landing, int day, int hour) throws IOException {
    Slot slot = generator.schedule().slot(day, hour);
    Draws draws = Draws.of(seed, HOUR, slot.number());
    HourRows rows = new HourRows(slot, generator.schedule(), generator, dirt, order.dirty(), draws);
    generator.fill(slot, rows, draws);
    Predicate<Row> lands = row -> row.landing() == landing;
    List<Row> landed = rows.inOrder().stream().filter(lands).toList();
    for (Row row : landed) {
      writer.write(row);
    }
    account.count(landed);
  }

  private ObjectNode describe() {
    ObjectNode file = Json.object();
    file.put("domain", order.domain().id());
    file.put("seed", order.seed());
    file.put("start", order.start().toString());
    file.put("number_of_days", generator.schedule().days());
    file.put("dirty", order.dirty());
    file.put("rows", account.rows());
    account.describe(file);
    return file;
  }
}
