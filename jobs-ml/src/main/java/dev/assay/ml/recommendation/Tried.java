package dev.assay.ml.recommendation;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.xxhash64;

import dev.assay.ml.Learned;
import dev.assay.ml.Parameters;
import dev.assay.ml.SavedModel;
import dev.assay.ml.evaluation.Bootstrap;
import dev.assay.ml.evaluation.Interval;
import dev.assay.ml.evaluation.Rankings;
import dev.assay.ml.evaluation.Spread;
import dev.assay.model.Metric;
import dev.assay.model.Profile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The trial of recommendations: the lists that users would have got, against what they then took.
 *
 * @param all interactions, those held back too
 * @param users some of the users with interactions held back
 * @param taken what each of these took then, by user
 * @param lists the challenger's list of each
 * @param popular what most took that they had not taken, of each
 * @param squared the squared errors of the ratings held back that it can say something of
 */
record Tried(
    Interactions all,
    Dataset<Row> users,
    SortedMap<String, Set<String>> taken,
    Map<String, List<String>> lists,
    Map<String, List<String>> popular,
    List<Double> squared,
    Parameters parameters)
    implements Learned.Trial {
  static final String LEARNER = "als";
  private static final String POPULARITY = "popularity";
  private static final String RATING = "(rating)";
  private static final String ITEM = "(item)";

  /** So many users at most: their lists are compared one by one. */
  private static final int MOST_USERS = 5_000;

  static Tried of(PipelineModel model, Interactions all, Parameters parameters) {
    Interactions learnedFrom = all.learnedFrom();
    Dataset<Row> users =
        all.heldOut()
            .users()
            .orderBy(
                xxhash64(col(Interactions.USER), lit(parameters.integer("seed"))),
                col(Interactions.USER))
            .limit(MOST_USERS);
    Lists lists = Recommendations.lists(model, learnedFrom, parameters);
    List<Double> squared =
        model
            .transform(all.heldOut().rows())
            .where(not(col("prediction").isNaN()))
            .orderBy(Interactions.USER, Interactions.ITEM)
            .select(
                col("prediction")
                    .minus(col(Interactions.RATING))
                    .multiply(col("prediction").minus(col(Interactions.RATING)))
                    .cast("double"))
            .collectAsList()
            .stream()
            .map(row -> row.getDouble(0))
            .toList();
    return new Tried(
        all,
        users,
        itemsOf(users, all.heldOut()),
        byUser(lists.of(users)),
        popular(all.learnedFrom(), users, parameters),
        squared,
        parameters);
  }

  private static Map<String, List<String>> byUser(Dataset<Row> lists) {
    Map<String, List<String>> byUser = new LinkedHashMap<>();
    for (Row row :
        lists
            .orderBy(Interactions.USER, "place")
            .select(col(Interactions.USER).cast("string"), col(Interactions.ITEM).cast("string"))
            .collectAsList()) {
      byUser.computeIfAbsent(row.getString(0), user -> new ArrayList<>()).add(row.getString(1));
    }
    return byUser;
  }

  private static Map<String, List<String>> popular(
      Interactions learnedFrom, Dataset<Row> users, Parameters parameters) {
    int length = parameters.integer("top", 10);
    SortedMap<String, Set<String>> before = new TreeMap<>();
    for (Row row : users.select(col(Interactions.USER).cast("string")).collectAsList()) {
      before.put(row.getString(0), Set.of());
    }
    before.putAll(itemsOf(users, learnedFrom));
    int most = before.values().stream().mapToInt(Set::size).max().orElse(0);
    List<String> items =
        learnedFrom.popular(length + most).stream().map(row -> String.valueOf(row.get(0))).toList();
    Map<String, List<String>> popular = new LinkedHashMap<>();
    before.forEach(
        (user, had) ->
            popular.put(
                user, items.stream().filter(item -> !had.contains(item)).limit(length).toList()));
    return popular;
  }

  /** What users took, by user. */
  private static SortedMap<String, Set<String>> itemsOf(Dataset<Row> users, Interactions of) {
    SortedMap<String, Set<String>> items = new TreeMap<>();
    for (Row row :
        of.rows()
            .join(users, Interactions.USER)
            .select(col(Interactions.USER).cast("string"), col(Interactions.ITEM).cast("string"))
            .collectAsList()) {
      items.computeIfAbsent(row.getString(0), user -> new HashSet<>()).add(row.getString(1));
    }
    return items;
  }

  List<Metric> metrics() {
    int seed = parameters.integer("seed");
    int k = parameters.integer("top", 10);
    List<Metric> metrics = new ArrayList<>();
    if (!squared.isEmpty()) {
      Interval mse =
          Bootstrap.mean(squared.stream().mapToDouble(Double::doubleValue).toArray(), seed);
      metrics.add(
          new Interval(Math.sqrt(mse.value()), Math.sqrt(mse.low()), Math.sqrt(mse.high()))
              .as(LEARNER, "rmse"));
    }
    Map<String, Map<String, List<String>>> all = new LinkedHashMap<>();
    all.put(LEARNER, lists);
    all.put(POPULARITY, popular);
    long items = all().learnedFrom().rows().select(Interactions.ITEM).distinct().count();
    all.forEach(
        (learner, of) -> {
          metrics.add(
              Bootstrap.mean(each(of, (list, had) -> Rankings.precision(list, had, k)), seed)
                  .as(learner, "precision@" + k));
          metrics.add(
              Bootstrap.mean(each(of, (list, had) -> Rankings.recall(list, had, k)), seed)
                  .as(learner, "recall@" + k));
          metrics.add(
              Bootstrap.mean(each(of, (list, had) -> Rankings.ndcg(list, had, k)), seed)
                  .as(learner, "ndcg@" + k));
          long shown = of.values().stream().flatMap(List::stream).distinct().count();
          metrics.add(Metric.of(learner, "coverage", (double) shown / items));
        });
    return metrics;
  }

  private interface OfList {
    double of(List<String> list, Set<String> taken);
  }

  private double[] each(Map<String, List<String>> of, OfList figure) {
    return taken.entrySet().stream()
        .mapToDouble(
            entry -> figure.of(of.getOrDefault(entry.getKey(), List.of()), entry.getValue()))
        .toArray();
  }

  private double[] losses(Map<String, List<String>> of) {
    int k = parameters.integer("top", 10);
    return each(of, (list, had) -> 1 - Rankings.ndcg(list, had, k));
  }

  @Override
  public String loss() {
    return "1 - NDCG@" + parameters.integer("top", 10);
  }

  @Override
  public double[] challenger() {
    return losses(lists);
  }

  @Override
  public double[] baseline() {
    return losses(popular);
  }

  @Override
  public double[] of(SavedModel other) {
    return losses(
        byUser(Recommendations.lists(other.pipeline(), all.learnedFrom(), parameters).of(users)));
  }

  @Override
  public boolean isAgeing() {
    return true;
  }

  @Override
  public List<Profile> profiles() {
    return Spread.of(watched());
  }

  @Override
  public List<Profile> in(List<Profile> others) {
    return Spread.in(others, watched());
  }

  private Dataset<Row> watched() {
    return all.rows()
        .select(
            col(Interactions.RATING).as(RATING), col(Interactions.ITEM).cast("string").as(ITEM));
  }

  @Override
  public void close() {
    all.rows().unpersist();
  }
}
