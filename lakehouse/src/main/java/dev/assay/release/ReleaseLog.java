package dev.assay.release;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assay.concurrent.Concurrently;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.store.Json;
import dev.assay.store.LakeStore;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.LongStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pipeline's releases in the lake: {@code _assay/releases/<pipeline>/<number>-intent.json} and
 * {@code -sealed.json}, created conditionally, numbered without gaps.
 */
public final class ReleaseLog {
  private static final Logger LOG = LoggerFactory.getLogger(ReleaseLog.class);
  private static final String ROOT = "_assay/releases/";

  private static final int READS_AT_ONCE = 16;

  private final LakeStore lake;
  private final String pipeline;

  public ReleaseLog(LakeStore lake, String pipeline) {
    this.lake = lake;
    this.pipeline = pipeline;
  }

  /** The names of the pipelines that have releases. */
  public static List<String> pipelines(LakeStore lake) {
    return lake.names("_assay/releases");
  }

  /** The newest release that readers may read. */
  public Optional<Release> latest() {
    long number = latestNumber();
    return number == 0 ? Optional.empty() : sealed(number);
  }

  /** A release by its number. */
  public Optional<Release> sealed(long number) {
    String path = path(number, "sealed");
    return lake.read(path).map(json -> Json.read(json, Release.class, path));
  }

  /**
   * A release by its number.
   *
   * @throws AssayException with USAGE if there is none, or it is kept no longer
   */
  public Release existing(long number) {
    return sealed(number).orElseThrow(() -> absent(number));
  }

  private AssayException absent(long number) {
    long oldest = numbers().stream().findFirst().orElse(0L);
    String problem =
        number > 0 && number < oldest
            ? "release "
                + number
                + " of "
                + pipeline
                + " expired: it is older than retention.releases"
            : pipeline + " has no release " + number;
    return new AssayException(
        ExitCode.USAGE,
        problem + "; assay releases list --pipeline " + pipeline + " shows those that there are");
  }

  /**
   * The release that was newest at a time; empty before the first.
   *
   * @throws AssayException with USAGE if it is kept no longer
   */
  public Optional<Release> asOf(Instant time) {
    List<Long> numbers = numbers();
    int low = -1;
    int high = numbers.size() - 1;
    Optional<Release> found = Optional.empty();
    while (low < high) {
      int middle = (low + high + 1) / 2;
      Release release = existing(numbers.get(middle));
      if (release.sealedAt().isAfter(time)) {
        high = middle - 1;
      } else {
        found = Optional.of(release);
        low = middle;
      }
    }
    if (found.isEmpty() && !numbers.isEmpty() && numbers.get(0) > 1) {
      throw absent(numbers.get(0) - 1);
    }
    return found;
  }

  /** The oldest release that is kept. */
  public Optional<Release> oldest() {
    return numbers().stream().findFirst().flatMap(this::sealed);
  }

  /** Every release that is kept, oldest first. */
  public List<Release> kept() {
    return Concurrently.map(numbers(), READS_AT_ONCE, this::sealed).stream()
        .flatMap(Optional::stream)
        .toList();
  }

  /**
   * Removes the releases before one, which must not be the newest's successor.
   *
   * @return how many
   */
  public int removeBefore(long number) {
    List<Long> old = numbers().stream().filter(one -> one < number).toList();
    for (long one : old) {
      // The older first, so that those that are left have no gap wherever this ends.
      lake.delete(path(one, "intent"));
      lake.delete(path(one, "sealed"));
    }
    return old.size();
  }

  /** The numbers of the sealed releases that are kept, in order. */
  private List<Long> numbers() {
    return lake.names(ROOT + pipeline).stream()
        .filter(name -> name.endsWith("-sealed.json"))
        .map(name -> Long.valueOf(name.substring(0, name.indexOf('-'))))
        .toList();
  }

  /** The newest releases, newest first. */
  public List<Release> newest(int count) {
    long latest = latestNumber();
    List<Long> numbers =
        LongStream.iterate(latest, number -> number > 0, number -> number - 1)
            .limit(count)
            .boxed()
            .toList();
    return Concurrently.map(numbers, READS_AT_ONCE, this::sealed).stream()
        .flatMap(Optional::stream)
        .toList();
  }

  /** What releases after one and up to another made visible, in their order. */
  public List<Intent> intents(long after, long upTo) {
    List<Long> numbers = LongStream.rangeClosed(after + 1, upTo).boxed().toList();
    return Concurrently.map(numbers, READS_AT_ONCE, number -> pendingAfter(number - 1)).stream()
        .flatMap(Optional::stream)
        .toList();
  }

  /** The intent after a release, if somebody decided one: it must be completed first. */
  Optional<Intent> pendingAfter(long number) {
    String path = path(number + 1, "intent");
    return lake.read(path).map(json -> Json.read(json, Intent.class, path));
  }

  /** The intent of a number, if somebody decided it. */
  Optional<Intent> intent(long number) {
    return pendingAfter(number - 1);
  }

  /** Decides a release; false if its number was taken. */
  boolean decide(Intent intent) {
    return lake.createIfAbsent(path(intent.number(), "intent"), Json.bytes(intent));
  }

  /** Makes a release visible; whoever comes second finds it done. */
  void seal(Release release) {
    lake.createIfAbsent(path(release.number(), "sealed"), Json.bytes(release));
    try {
      lake.overwrite(hint(), Long.toString(release.number()).getBytes(UTF_8));
    } catch (UncheckedIOException unwritten) {
      // The release is there all the same, and is found by the hint before it.
      LOG.warn(
          "release {} of {} is sealed, but not hinted at", release.number(), pipeline, unwritten);
    }
  }

  /**
   * The newest sealed release's number, 0 for none. Numbers have no gaps, so one looks upwards from
   * any sealed one; the hint spares listing them.
   */
  private long latestNumber() {
    long number = hinted();
    if (number == 0) {
      List<Long> all = numbers();
      number = all.isEmpty() ? 0 : all.get(all.size() - 1);
    }
    while (lake.exists(path(number + 1, "sealed"))) {
      number++;
    }
    return number;
  }

  /** A sealed release's number, or 0: a hint that is torn or wrong costs time, nothing else. */
  private long hinted() {
    String text = lake.readHint(hint()).map(bytes -> new String(bytes, UTF_8)).orElse("");
    if (!text.matches("[0-9]{1,18}")) {
      return 0;
    }
    long number = Long.parseLong(text);
    return number > 0 && lake.exists(path(number, "sealed")) ? number : 0;
  }

  private String hint() {
    return ROOT + pipeline + "/latest";
  }

  private String path(long number, String what) {
    return ROOT
        + pipeline
        + "/"
        + String.format(Locale.ROOT, "%010d", number)
        + "-"
        + what
        + ".json";
  }
}
