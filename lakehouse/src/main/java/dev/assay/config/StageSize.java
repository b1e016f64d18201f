package dev.assay.config;

import java.util.Locale;

/** How much work a stage has, which decides how its JVM is tuned. */
public enum StageSize {
  /** Up to a few million rows: start-up dominates. */
  SMALL,
  /** More: throughput dominates. */
  LARGE;

  /** The size's name as in conf: {@code small}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
