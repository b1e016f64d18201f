package dev.assay.gold.purchases;

import dev.assay.gold.statistics.Moments;
import dev.assay.mart.Mart;
import dev.assay.mart.MartInputs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Tests of hypotheses about purchases: a row a test, with its statistic, degrees of freedom,
 * p-value, effect size and reading. Which tests are made, the parameters say; the methods, with
 * their sources, are those of {@code dev.assay.gold.statistics}.
 */
public final class StatisticalTests implements Mart {

  @Override
  public Dataset<Row> compute(MartInputs inputs) {
    TestPlan plan = TestPlan.from(inputs.contract().name(), inputs.computed().parameters());
    Samples samples = new Samples(inputs.table("purchases"));
    TestRows tests = new TestRows(plan.alpha());

    Map<String, List<Moments>> groups = samples.groups(plan.grouped());
    plan.anova().forEach(attribute -> tests.anova(attribute, of(groups, attribute)));
    plan.tukey().forEach(attribute -> tests.tukey(attribute, of(groups, attribute)));
    compareTwo(plan, samples, groups, tests);
    samples.counts(plan.chiSquare()).forEach(tests::chiSquare);
    tests.shapiroWilk(samples.amounts(plan.sample(), plan.seed()), samples.size());
    return inputs.spark().createDataFrame(tests.rows(), TestRows.SCHEMA);
  }

  /** What has one value only, or more than two, is left out. */
  private static void compareTwo(
      TestPlan plan, Samples samples, Map<String, List<Moments>> groups, TestRows tests) {
    List<String> attributes = new ArrayList<>(plan.twoSample());
    attributes.removeIf(attribute -> of(groups, attribute).size() != 2);
    Map<String, Double> distances = samples.distances(attributes);
    for (String attribute : attributes) {
      Moments a = of(groups, attribute).get(0);
      Moments b = of(groups, attribute).get(1);
      tests.welch(attribute, a, b);
      tests.student(attribute, a, b);
      tests.kolmogorovSmirnov(attribute, a, b, distances.getOrDefault(attribute, Double.NaN));
    }
  }

  private static List<Moments> of(Map<String, List<Moments>> groups, String attribute) {
    return groups.getOrDefault(attribute, List.of());
  }

  @Override
  public String version() {
    return "2";
  }
}
