package dev.assay.cli;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How many users share a value in a window.
 *
 * @param dimension of what the value is
 * @param value the value
 * @param estimate how many users
 * @param standardError as a share of the estimate; 0 where users were counted
 * @param lower where the 95% interval begins, at least 0
 * @param upper where it ends
 * @param margin half of what lies between, before it was cut off at 0
 * @param precision what the standard error follows from; null where users were counted
 * @param source which sketches it was made from, or why users were counted
 */
record UniquesAnswer(
    String dimension,
    String value,
    long estimate,
    double standardError,
    long lower,
    long upper,
    long margin,
    @Nullable Integer precision,
    String source) {
  /** Flajolet, Fusy, Gandouet, Meunier, "HyperLogLog", 2007. */
  private static final double ERROR_OF_ONE_REGISTER = 1.04;

  /** 95% of a normal distribution lie within so many standard errors. */
  private static final double STANDARD_ERRORS = 1.96;

  /** What sketches say, of which the least precise has 2 to the power of {@code precision}. */
  static UniquesAnswer estimated(
      String dimension, String value, long estimate, int precision, String source) {
    double standardError = ERROR_OF_ONE_REGISTER / Math.sqrt(Math.pow(2, precision));
    double margin = STANDARD_ERRORS * standardError * estimate;
    return new UniquesAnswer(
        dimension,
        value,
        estimate,
        standardError,
        (long) Math.floor(Math.max(0, estimate - margin)),
        (long) Math.ceil(estimate + margin),
        (long) Math.ceil(margin),
        precision,
        source);
  }

  /** What was counted. */
  static UniquesAnswer counted(String dimension, String value, long users, String source) {
    return new UniquesAnswer(dimension, value, users, 0, users, users, 0, null, source);
  }

  static final List<String> HEADS =
      List.of(
          "DIMENSION",
          "VALUE",
          "USERS",
          "STANDARD ERROR",
          "FROM",
          "TO",
          "MARGIN",
          "PRECISION",
          "SOURCE");

  List<String> cells() {
    return List.of(
        dimension,
        value,
        Long.toString(estimate),
        String.format(Locale.ROOT, "%.4f", standardError),
        Long.toString(lower),
        Long.toString(upper),
        Long.toString(margin),
        precision == null ? "exact" : precision.toString(),
        source);
  }
}
