package dev.assay.ml.supervised;

import dev.assay.ml.Learned;
import dev.assay.ml.SavedModel;
import dev.assay.ml.evaluation.Spread;
import dev.assay.model.Profile;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** The trial of what was learned, on the examples that were held back. */
final class HeldOut implements Learned.Trial {
  private static final String SCORE = "(score)";
  private static final String LABEL = "(label)";

  private final Target target;
  private final Examples examples;
  private final Features features;
  private final Said said;
  private final double[] baseline;

  HeldOut(Target target, Examples examples, Features features, Said said, double[] baseline) {
    this.target = target;
    this.examples = examples;
    this.features = features;
    this.said = said;
    this.baseline = baseline;
  }

  @Override
  public String loss() {
    return target.loss();
  }

  @Override
  public double[] challenger() {
    return target.losses(said.labels(), said.said());
  }

  @Override
  public double[] baseline() {
    return baseline;
  }

  @Override
  public Learned.Other of(SavedModel other) {
    Said others = Said.of(other.pipeline(), examples.heldOut(), target, examples.key());
    return new Learned.Other(
        target.losses(others.labels(), others.said()),
        spread(other.record().profiles(), others.said()));
  }

  @Override
  public boolean isAgeing() {
    return false;
  }

  @Override
  public List<Profile> profiles() {
    List<Column> columns = new ArrayList<>();
    features.watched().forEach(column -> columns.add(functions.col(column)));
    columns.add(functions.col(LABEL));
    List<Profile> profiles =
        new ArrayList<>(Spread.of(watched().select(columns.toArray(Column[]::new))));
    profiles.add(Spread.of(SCORE, said.said()));
    return profiles;
  }

  /**
   * What was watched of another version, whether or not it is a feature still: that it is none
   * tells nothing of the rows. Nor does it that a better learner says more, so that the score is
   * what the other says itself.
   */
  private List<Profile> spread(List<Profile> others, double[] said) {
    List<Profile> columns =
        others.stream().filter(profile -> !profile.column().equals(SCORE)).toList();
    Iterator<Profile> ofColumns = Spread.in(columns, watched()).iterator();
    return others.stream()
        .map(
            profile -> profile.column().equals(SCORE) ? Spread.in(profile, said) : ofColumns.next())
        .toList();
  }

  private Dataset<Row> watched() {
    return examples.watched().withColumn(LABEL, functions.col(Examples.LABEL));
  }

  @Override
  public void close() {
    examples.close();
  }
}
