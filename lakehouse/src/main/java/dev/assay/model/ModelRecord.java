package dev.assay.model;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;

/**
 * All there is to know of a model that was trained; created once, when it is saved whole, and
 * replaced only where its save was gone or damaged, by that of the same training again.
 *
 * @param pipeline the pipeline
 * @param model the model's name
 * @param version its version: the day, and what it was learned from
 * @param asOf the business date that it was trained for
 * @param path where it is saved, by Spark ML's persistence, below the lake's root
 * @param inputs what it was learned from, by the tables' names within the pipeline: with their
 *     Delta versions and their days, these are the rows of everybody it was trained on
 * @param code the JAR that trained it
 * @param className the class that learns
 * @param classVersion the version that the class declares
 * @param parameters those of conf, as JSON
 * @param seed of everything random
 * @param trainedAt when
 * @param trainingSeconds how long it took
 * @param takes the columns that it reads, as DDL
 * @param gives the columns that it adds, as DDL
 * @param learner which learner it is
 * @param metrics what was measured, of each learner and baseline
 * @param profiles how the values were spread that it learned from and gave
 * @param notes what is needed to read what it says, as the names of clusters, and what a learner
 *     found its parameters to be best
 */
public record ModelRecord(
    String pipeline,
    String model,
    String version,
    LocalDate asOf,
    String path,
    SortedMap<String, Input> inputs,
    String code,
    String className,
    String classVersion,
    String parameters,
    long seed,
    Instant trainedAt,
    double trainingSeconds,
    String takes,
    String gives,
    String learner,
    List<Metric> metrics,
    List<Profile> profiles,
    SortedMap<String, String> notes) {

  /**
   * Rows of a table.
   *
   * @param version the Delta version that was read
   * @param from the first day
   * @param to the last
   * @param rows how many rows were published of these days
   * @param content their fingerprint: equal for equal rows
   */
  public record Input(long version, LocalDate from, LocalDate to, long rows, String content) {}
}
