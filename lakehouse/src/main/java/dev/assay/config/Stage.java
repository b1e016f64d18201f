package dev.assay.config;

import java.util.Locale;

/** A stage of a pipeline, in the order in which a business date goes through them. */
public enum Stage {
  BRONZE,
  SILVER,
  GOLD,
  ML;

  /** The stage's name as in conf, paths and command lines: {@code bronze}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
