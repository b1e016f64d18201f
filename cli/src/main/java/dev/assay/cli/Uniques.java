package dev.assay.cli;

import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.sketches.SketchUnion;
import dev.assay.sketches.StoredSketch;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Distinct users by unions of sketches. Sketches unite, but they do not intersect: users who share
 * two values are found only where that combination is stored, and else counted.
 *
 * @param sketches those of the release
 * @param recount counts where they do not answer, which takes Spark
 */
record Uniques(StoredSketches sketches, Recount recount) {
  private static final String DEVICE = "device_type";
  private static final Set<String> OF_EVENTS =
      Set.of(DEVICE, "event_type", "page", "feature", "utm_source", "utm_medium", "utm_campaign");
  private static final Set<String> OF_SESSIONS = Set.of("channel", DEVICE);
  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH").withZone(ZoneOffset.UTC);
  private static final Comparator<UniquesAnswer> MOST_FIRST =
      Comparator.comparing(UniquesAnswer::estimate).reversed().thenComparing(UniquesAnswer::value);

  /** Counts users exactly. */
  interface Recount {
    /**
     * An answer a value, in any order.
     *
     * @param why it is counted, to be told with every answer
     */
    List<UniquesAnswer> answers(UniquesQuestion question, String why);
  }

  /** The union of the sketches of a value, and what it was made of. */
  private static final class United {
    private final SketchUnion users = new SketchUnion();
    private int precision = Integer.MAX_VALUE;
    private long sketches;
    private Instant first = Instant.MAX;
    private Instant last = Instant.MIN;

    United with(StoredSketch sketch) {
      users.add(sketch.bytes());
      precision = Math.min(precision, sketch.precision());
      sketches++;
      first = sketch.startsAt().isBefore(first) ? sketch.startsAt() : first;
      last = sketch.startsAt().isAfter(last) ? sketch.startsAt() : last;
      return this;
    }

    UniquesAnswer answer(UniquesQuestion question, String value, String gaps) {
      return UniquesAnswer.estimated(
          question.dimension(),
          value,
          users.estimate(),
          Math.min(question.precision(), precision),
          sketches
              + " sketches that begin from "
              + HOUR.format(first)
              + " to "
              + HOUR.format(last)
              + gaps);
    }
  }

  /**
   * An answer a value, the most users first.
   *
   * @throws AssayException with USAGE if users are not known by the dimension; with NO_DATA if the
   *     release has nothing of the window
   */
  List<UniquesAnswer> answers(UniquesQuestion question) {
    requireKnown(question);
    Map<String, United> united = new ConcurrentHashMap<>();
    Set<String> lacking = lacking(question, united);
    if (!lacking.isEmpty() && question.value() != null) {
      // Nobody may have the value, though the dimension is stored.
      lacking = lacking(question.ofEveryValue(), null);
    }
    List<UniquesAnswer> answers = new ArrayList<>();
    String source = "no sketch has the value";
    if (lacking.isEmpty()) {
      String gaps = gaps(question.window());
      united.forEach((value, one) -> answers.add(one.answer(question, value, gaps)));
    } else {
      requireAny(question.window());
      source =
          "exact recount of "
              + (question.isOfSessions() ? "touchpoints" : "web_events")
              + ": not stored by the "
              + String.join(" and the ", lacking);
      answers.addAll(recount.answers(question, source));
    }
    if (answers.isEmpty() && question.value() != null) {
      answers.add(UniquesAnswer.counted(question.dimension(), question.value(), 0, source));
    }
    answers.sort(MOST_FIRST);
    return answers;
  }

  private static void requireKnown(UniquesQuestion question) {
    Set<String> known = question.isOfSessions() ? OF_SESSIONS : OF_EVENTS;
    if (!known.containsAll(question.parts())) {
      throw new AssayException(
          ExitCode.USAGE,
          "users are not known by '"
              + question.dimension()
              + "'; use total, or some of "
              + new TreeSet<>(OF_EVENTS)
              + " joined by +, or some of "
              + new TreeSet<>(OF_SESSIONS));
    }
  }

  /**
   * Of the grains that a window is made of, those of which there is no sketch.
   *
   * @param united what sketches are united in, by value; null where only their grains are asked for
   */
  private Set<String> lacking(UniquesQuestion question, @Nullable Map<String, United> united) {
    Set<String> lacking = ConcurrentHashMap.newKeySet();
    if (question.window().hasDays()) {
      lacking.add("day");
    }
    if (question.window().hasHours()) {
      lacking.add("hour");
    }
    sketches.forEach(
        question,
        sketch -> {
          lacking.remove(sketch.grain());
          if (united != null) {
            united.compute(
                sketch.value(), (value, one) -> (one == null ? new United() : one).with(sketch));
          }
        });
    return new TreeSet<>(lacking);
  }

  /** Days of the window of which there is no sketch at all: the answer knows nothing of them. */
  private String gaps(UniquesWindow window) {
    long days = window.days();
    long there = sketches.days();
    return there == days ? "" : "; of " + (days - there) + " of " + days + " days there are none";
  }

  private void requireAny(UniquesWindow window) {
    if (sketches.files().isEmpty()) {
      throw new AssayException(
          ExitCode.NO_DATA,
          "visitor_sketches has nothing from "
              + window.from()
              + " until "
              + window.until()
              + "; ask assay status for the days that are published");
    }
  }
}
