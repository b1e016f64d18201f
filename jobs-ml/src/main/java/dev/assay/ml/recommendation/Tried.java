package dev.assay.ml.recommendation;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.pmod;
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
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The trial of recommendations: the lists that users would have got, against what they then took.
 *
 * @param all interactions, those held back too
 * @param users some of the users with interactions held back
 * @param taken what each of these took then, by user
 * @param chosen the challenger's learner: the best for other users, if there is a choice
 * @param lists the list of each, by each learner; one is what most took that a user had not taken
 * @param errors of the ratings held back, of learners that say what a rating will be
 */
record Tried(
    Interactions all,
    Dataset<Row> users,
    SortedMap<String, Set<String>> taken,
    String chosen,
    Map<String, Map<String, List<String>>> lists,
    List<Metric> errors,
    Parameters parameters)
    implements Learned.Trial {
  private static final String POPULARITY = "popularity";
  private static final String RATING = "(rating)";
  private static final String ITEM = "(item)";
  private static final String CHOOSES = "chooses";

  /** So many users at most: their lists are compared one by one. */
  private static final int MOST_USERS = 5_000;

  /** Tries the models of learners, by their names. */
  static Tried of(Map<String, PipelineModel> models, Interactions all, Parameters parameters) {
    int seed = parameters.integer("seed");
    int k = parameters.integer("top", Recommendations.LENGTH);
    Dataset<Row> some =
        all.heldOut()
            .users()
            .orderBy(xxhash64(col(Interactions.USER), lit(seed)), col(Interactions.USER))
            .limit(models.size() > 1 ? 2 * MOST_USERS : MOST_USERS)
            .withColumn(
                CHOOSES,
                lit(models.size() > 1)
                    .and(pmod(xxhash64(col(Interactions.USER), lit(CHOOSES)), lit(2)).equalTo(0)));
    Dataset<Row> users = some.where(not(col(CHOOSES))).drop(CHOOSES);
    Dataset<Row> choosing = some.where(col(CHOOSES)).drop(CHOOSES);
    SortedMap<String, Set<String>> taken = itemsOf(users, all.heldOut());
    SortedMap<String, Set<String>> takenByOthers = itemsOf(choosing, all.heldOut());
    Map<String, Map<String, List<String>>> lists = new LinkedHashMap<>();
    Map<String, Double> chances = new LinkedHashMap<>();
    List<Metric> errors = new ArrayList<>();
    models.forEach(
        (learner, model) -> {
          Map<String, List<String>> of =
              byUser(
                  Recommendations.lists(model, all.learnedFrom(), parameters)
                      .of(some.select(Interactions.USER)));
          lists.put(learner, of);
          double[] gains = each(takenByOthers, of, (list, had) -> Rankings.ndcg(list, had, k));
          chances.put(learner, Arrays.stream(gains).average().orElse(0));
          if (learner.equals(Recommendations.EXPLICIT)) {
            error(model, all.heldOut(), parameters)
                .ifPresent(error -> errors.add(error.as(learner, "rmse")));
          }
        });
    String chosen = Collections.max(chances.entrySet(), Map.Entry.comparingByValue()).getKey();
    lists.put(POPULARITY, popular(all.learnedFrom(), users, parameters));
    return new Tried(all, users, taken, chosen, lists, errors, parameters);
  }

  /** Of the ratings held back of whom and what the model knows. */
  private static Optional<Interval> error(
      PipelineModel model, Interactions heldOut, Parameters parameters) {
    Column off = col("prediction").minus(col(Interactions.RATING));
    double[] squared =
        model
            .transform(heldOut.rows())
            .where(not(col("prediction").isNaN()))
            .orderBy(Interactions.USER, Interactions.ITEM)
            .select(off.multiply(off).cast("double"))
            .collectAsList()
            .stream()
            .mapToDouble(row -> row.getDouble(0))
            .toArray();
    if (squared.length == 0) {
      return Optional.empty();
    }
    Interval mse = Bootstrap.mean(squared, parameters.integer("seed"));
    return Optional.of(
        new Interval(Math.sqrt(mse.value()), Math.sqrt(mse.low()), Math.sqrt(mse.high())));
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
    int length = parameters.integer("top", Recommendations.LENGTH);
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
    int k = parameters.integer("top", Recommendations.LENGTH);
    List<Metric> metrics = new ArrayList<>(errors);
    long items = all().learnedFrom().rows().select(Interactions.ITEM).distinct().count();
    lists.forEach(
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
          long shown =
              taken.keySet().stream()
                  .flatMap(user -> of.getOrDefault(user, List.of()).stream())
                  .distinct()
                  .count();
          metrics.add(Metric.of(learner, "coverage", (double) shown / items));
        });
    return metrics;
  }

  private interface OfList {
    double of(List<String> list, Set<String> taken);
  }

  private double[] each(Map<String, List<String>> of, OfList figure) {
    return each(taken, of, figure);
  }

  private static double[] each(
      SortedMap<String, Set<String>> taken, Map<String, List<String>> of, OfList figure) {
    return taken.entrySet().stream()
        .mapToDouble(
            entry -> figure.of(of.getOrDefault(entry.getKey(), List.of()), entry.getValue()))
        .toArray();
  }

  private double[] losses(Map<String, List<String>> of) {
    int k = parameters.integer("top", Recommendations.LENGTH);
    return each(of, (list, had) -> 1 - Rankings.ndcg(list, had, k));
  }

  @Override
  public String loss() {
    return "1 - NDCG@" + parameters.integer("top", Recommendations.LENGTH);
  }

  @Override
  public double[] challenger() {
    return losses(Objects.requireNonNull(lists.get(chosen)));
  }

  @Override
  public double[] baseline() {
    return losses(Objects.requireNonNull(lists.get(POPULARITY)));
  }

  @Override
  public Learned.Other of(SavedModel other) {
    return new Learned.Other(
        losses(
            byUser(
                Recommendations.lists(other.pipeline(), all.learnedFrom(), parameters).of(users))),
        Spread.in(other.record().profiles(), watched()));
  }

  @Override
  public boolean isAgeing() {
    return true;
  }

  @Override
  public List<Profile> profiles() {
    return Spread.of(watched());
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
