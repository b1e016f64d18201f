package dev.assay.config;

/** What computes a mart. */
public sealed interface Transform {

  /**
   * A query.
   *
   * @param file its file, below the conf folder
   * @param text the query
   */
  record Sql(String file, String text) implements Transform {}

  /**
   * A class of jobs-gold.
   *
   * @param name its full name
   */
  record InClass(String name) implements Transform {}
}
