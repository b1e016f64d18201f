package dev.assay.ml.supervised;

import dev.assay.ml.Learned;
import dev.assay.ml.Model;
import dev.assay.ml.ModelDay;
import dev.assay.ml.Parameters;
import dev.assay.ml.SavedModel;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Learns a value from examples of it; parameters as in {@code conf/README.md}. Its scores have the
 * key of a row and what it says of it; its own tables are {@code training}, {@code importances}
 * and, of probabilities, {@code calibration}.
 */
public final class Regression implements Model {
  private static final Supervised LEARNING = new Supervised(Target.VALUE);

  @Override
  public void read(Parameters parameters) {
    LEARNING.read(parameters);
  }

  @Override
  public Learned learn(ModelDay day) {
    return LEARNING.learn(day);
  }

  @Override
  public Map<String, Dataset<Row>> apply(SavedModel saved, ModelDay day) {
    return LEARNING.apply(saved, day);
  }

  @Override
  public String version() {
    return "4";
  }
}
