package dev.assay.gold.purchases;

import dev.assay.gold.purchases.TestPlan.Pair;
import dev.assay.gold.statistics.ChiSquare;
import dev.assay.gold.statistics.EffectSize;
import dev.assay.gold.statistics.KolmogorovSmirnov;
import dev.assay.gold.statistics.Moments;
import dev.assay.gold.statistics.OneWayAnova;
import dev.assay.gold.statistics.ShapiroWilk;
import dev.assay.gold.statistics.TTest;
import dev.assay.gold.statistics.TestResult;
import dev.assay.gold.statistics.TukeyHsd;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** The rows of tests, of those that the data allow. */
final class TestRows {
  static final StructType SCHEMA =
      StructType.fromDDL(
          "test string, subject string, n bigint, statistic double, df_1 double, df_2 double,"
              + " p_value double, effect string, effect_size double, reading string");

  private static final String D = "Cohen's d";

  private final Reading reading;
  private final List<Row> rows = new ArrayList<>();

  TestRows(double alpha) {
    this.reading = new Reading(alpha);
  }

  List<Row> rows() {
    return rows;
  }

  void anova(String attribute, List<Moments> groups) {
    if (groups.size() < 2) {
      return;
    }
    TestResult result = OneWayAnova.of(groups);
    add(
        "one_way_anova",
        "purchase by " + attribute,
        result,
        "eta squared",
        reading.ofMeans(result, EffectSize.ETA_SQUARED));
  }

  void tukey(String attribute, List<Moments> groups) {
    for (TukeyHsd.Comparison pair : TukeyHsd.of(groups)) {
      TestResult result = pair.result();
      add(
          "tukey_hsd",
          subject(attribute, pair.a(), pair.b()),
          result,
          D,
          reading.ofMeans(result, EffectSize.COHENS_D));
    }
  }

  void welch(String attribute, Moments a, Moments b) {
    TestResult result = TTest.welch(a, b);
    String meaning = reading.ofMeans(result, EffectSize.COHENS_D);
    add("welch_t", subject(attribute, a, b), result, D, meaning);
  }

  void student(String attribute, Moments a, Moments b) {
    TestResult result = TTest.student(a, b);
    String meaning = reading.ofMeans(result, EffectSize.COHENS_D);
    add("student_t", subject(attribute, a, b), result, D, meaning);
  }

  void kolmogorovSmirnov(String attribute, Moments a, Moments b, double distance) {
    TestResult result = KolmogorovSmirnov.of(distance, a.n(), b.n());
    add(
        "kolmogorov_smirnov",
        subject(attribute, a, b),
        result,
        "D",
        reading.ofDistributions(result));
  }

  void chiSquare(Pair pair, long[][] counts) {
    if (counts.length < 2 || counts[0].length < 2) {
      return;
    }
    TestResult result = ChiSquare.of(counts);
    add(
        "chi_square",
        pair.first() + " by " + pair.second(),
        result,
        "Cramér's V",
        reading.ofIndependence(result, counts));
  }

  void shapiroWilk(double[] amounts, long purchases) {
    if (amounts.length < ShapiroWilk.FEWEST) {
      return;
    }
    TestResult result = ShapiroWilk.of(amounts);
    add("shapiro_wilk", "purchase", result, "1 - W", reading.ofNormality(result, purchases));
  }

  private void add(String test, String subject, TestResult result, String effect, String meaning) {
    if (result.isDefined()) {
      rows.add(
          RowFactory.create(
              test,
              subject,
              result.n(),
              result.statistic(),
              result.df1(),
              result.df2(),
              result.pValue(),
              effect,
              result.effectSize(),
              meaning));
    }
  }

  private static String subject(String attribute, Moments a, Moments b) {
    return "purchase by " + attribute + ": " + a.group() + ", " + b.group();
  }
}
