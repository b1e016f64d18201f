package dev.assay.ml;

import dev.assay.model.Metric;
import dev.assay.model.Profile;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What was learned from the rows of a day.
 *
 * @param pipeline from rows to what it says of them, whole
 * @param learner which learner was chosen
 * @param takes the columns that it reads, as DDL
 * @param gives the columns that it adds, as DDL
 * @param metrics what was measured, of each learner and baseline
 * @param notes what is needed to read what it says
 * @param tables rows of its own tables, by the part of the table's name after the model's; without
 *     the model's version
 * @param trial what decides whether it becomes champion
 */
public record Learned(
    PipelineModel pipeline,
    String learner,
    String takes,
    String gives,
    List<Metric> metrics,
    SortedMap<String, String> notes,
    Map<String, Dataset<Row>> tables,
    Trial trial) {

  /**
   * Another version on the rows of a trial.
   *
   * @param losses of each row, in the order of the challenger's
   * @param spread the profiles of its record, in their order, with the shares that these rows, and
   *     what it says of them itself, have in their bins
   */
  @SuppressWarnings("ArrayRecordComponent") // read, never compared
  public record Other(double[] losses, List<Profile> spread) {}

  /** The rows on which a challenger, its baseline and the champion are compared. */
  public interface Trial extends AutoCloseable {

    /** What the losses are, as people call it. */
    String loss();

    /** The challenger's loss of each row. */
    double[] challenger();

    /** The baseline's, of the same rows in the same order. */
    double[] baseline();

    /** What another version of the model comes to on these rows, as they are now. */
    Other of(SavedModel other);

    /**
     * Whether a version is soon out of date by itself, as lists of what is new are: then that the
     * champion has become bad says nothing of the rows.
     */
    boolean isAgeing();

    /** How the values of each watched column are spread, and what the challenger says. */
    List<Profile> profiles();

    /** Lets go of what is kept of the rows. */
    @Override
    void close();
  }
}
