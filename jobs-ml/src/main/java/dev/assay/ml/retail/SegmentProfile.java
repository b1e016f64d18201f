package dev.assay.ml.retail;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * A cluster of customers: its name, its size and its means. The name says which third of the
 * clusters it is in by monetary value (high, middle, low) and by recency (active, cooling, gone); a
 * number tells those with the same name apart, the higher value first.
 *
 * @param cluster the cluster's number
 * @param name its name
 * @param customers how many
 * @param recencyDays mean
 * @param frequency mean
 * @param monetary mean, pounds sterling
 */
record SegmentProfile(
    int cluster,
    String name,
    long customers,
    double recencyDays,
    double frequency,
    double monetary) {
  private static final List<String> VALUES = List.of("high value", "middle value", "low value");
  private static final List<String> RECENCIES = List.of("active", "cooling", "gone");

  /**
   * Names clusters.
   *
   * @param means rows of cluster, count, mean recency, mean frequency, mean monetary value
   */
  static List<SegmentProfile> named(List<Row> means) {
    List<Row> byRecency = new ArrayList<>(means);
    byRecency.sort(Comparator.comparingDouble(row -> row.getDouble(2)));
    List<Row> byValue = new ArrayList<>(means);
    byValue.sort(Comparator.comparingDouble((Row row) -> row.getDouble(4)).reversed());
    Map<String, Integer> taken = new HashMap<>();
    List<SegmentProfile> profiles = new ArrayList<>();
    for (int i = 0; i < byValue.size(); i++) {
      Row row = byValue.get(i);
      String plain =
          third(VALUES, i, means.size())
              + ", "
              + third(RECENCIES, byRecency.indexOf(row), means.size());
      int times = taken.merge(plain, 1, Integer::sum);
      profiles.add(
          new SegmentProfile(
              row.getInt(0),
              times == 1 ? plain : plain + " " + times,
              row.getLong(1),
              row.getDouble(2),
              row.getDouble(3),
              row.getDouble(4)));
    }
    return profiles;
  }

  static Map<Integer, String> names(List<SegmentProfile> profiles) {
    Map<Integer, String> names = new LinkedHashMap<>();
    profiles.forEach(profile -> names.put(profile.cluster(), profile.name()));
    return names;
  }

  static Dataset<Row> rows(SparkSession spark, List<SegmentProfile> profiles, String version) {
    List<Row> rows = new ArrayList<>();
    for (SegmentProfile profile : profiles) {
      rows.add(
          RowFactory.create(
              profile.cluster(),
              profile.name(),
              profile.customers(),
              profile.recencyDays(),
              profile.frequency(),
              profile.monetary(),
              version));
    }
    return spark.createDataFrame(
        rows,
        StructType.fromDDL(
            "cluster int, segment string, customers bigint, recency_days double, frequency double,"
                + " monetary double, model_version string"));
  }

  private static String third(List<String> names, int rank, int of) {
    return names.get(rank * names.size() / of);
  }
}
