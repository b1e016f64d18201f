package dev.assay.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a release.
 *
 * @param release the release's number
 * @param dimension one or several joined by +
 * @param value one, or as many joined by +; null for every value
 * @param window when
 * @param precision what accuracy an answer has at most, by how long the window is
 */
record UniquesQuestion(
    long release, String dimension, @Nullable String value, UniquesWindow window, int precision) {

  private static final String TOTAL = "total";

  /** The columns that users are told apart by; none for the total. */
  List<String> parts() {
    return dimension.equals(TOTAL) ? List.of() : List.of(dimension.split("[+]", -1));
  }

  /** Whether it is one of sessions, and not of events. */
  boolean isOfSessions() {
    return parts().contains("channel");
  }

  /** The same of every value. */
  UniquesQuestion ofEveryValue() {
    return new UniquesQuestion(release, dimension, null, window, precision);
  }

  /** Equal for equal questions, and different for different ones. */
  String key() {
    return String.join(
        "\n",
        Long.toString(release),
        dimension,
        value == null ? "every value" : "value " + value,
        window.from().toString(),
        window.until().toString(),
        Integer.toString(precision));
  }
}
