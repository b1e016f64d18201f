package dev.assay.ml.clusters;

import dev.assay.ml.Parameters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Names clusters by where their means stand among each other: of a rule with three names, the third
 * of the clusters with the highest mean has the first. Clusters that all rules call the same have a
 * number, by the first rule's order.
 *
 * @param rules in the order in which their words stand
 */
record Naming(List<Rule> rules) {
  /** How many rows a cluster has. */
  static final String MEMBERS = "members";

  /**
   * A word of a name.
   *
   * @param by the mean that it goes by
   * @param isDescending whether the highest mean has the first name
   * @param names from one end to the other
   */
  record Rule(String by, boolean isDescending, List<String> names) {}

  static Naming of(Parameters parameters) {
    List<String> means = new ArrayList<>(parameters.texts("profile"));
    means.add(MEMBERS);
    List<Rule> rules = parameters.blocks("names").stream().map(rule -> rule(rule, means)).toList();
    if (rules.isEmpty()) {
      throw parameters.wrong("names", "has no rule; give one that clusters are named by");
    }
    return new Naming(rules);
  }

  private static Rule rule(Parameters rule, List<String> means) {
    String by = rule.text("by");
    if (!means.contains(by)) {
      throw rule.wrong("by", "is '" + by + "'; it is one of " + means);
    }
    List<String> names = rule.texts("names");
    if (names.isEmpty()) {
      throw rule.wrong("names", "has no name; give one or more");
    }
    return new Rule(by, rule.word("order", "desc", "asc").equals("desc"), names);
  }

  /** The names of clusters, by their numbers. */
  Map<Integer, String> names(Map<Integer, Map<String, Double>> means) {
    List<List<Integer>> orders = new ArrayList<>();
    for (Rule rule : rules) {
      Comparator<Integer> byMean =
          Comparator.comparingDouble(cluster -> mean(means, cluster, rule));
      orders.add(
          means.keySet().stream()
              .sorted(
                  (rule.isDescending() ? byMean.reversed() : byMean)
                      .thenComparing(Comparator.naturalOrder()))
              .toList());
    }
    Map<String, Integer> taken = new HashMap<>();
    Map<Integer, String> names = new LinkedHashMap<>();
    for (int cluster : orders.get(0)) {
      List<String> words = new ArrayList<>();
      for (int i = 0; i < rules.size(); i++) {
        words.add(word(rules.get(i).names(), orders.get(i).indexOf(cluster), means.size()));
      }
      String plain = String.join(", ", words);
      int times = taken.merge(plain, 1, Integer::sum);
      names.put(cluster, times == 1 ? plain : plain + " " + times);
    }
    return names;
  }

  /** Of fewer clusters than names, the first and the last still have those of the ends. */
  private static String word(List<String> names, int place, int clusters) {
    return names.get(
        clusters < names.size()
            ? place * (names.size() - 1) / Math.max(1, clusters - 1)
            : place * names.size() / clusters);
  }

  private static double mean(Map<Integer, Map<String, Double>> means, int cluster, Rule rule) {
    Map<String, Double> own = Objects.requireNonNull(means.get(cluster), "it is a cluster");
    return Objects.requireNonNull(own.get(rule.by()), "a name goes by a column of the profile");
  }
}
