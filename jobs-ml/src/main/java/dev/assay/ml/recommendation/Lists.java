package dev.assay.ml.recommendation;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.row_number;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.feature.StringIndexerModel;
import org.apache.spark.ml.recommendation.ALSModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Lists of items for users: what the model says they would take most of what they did not take, and
 * behind it, or instead of it where the model does not know them, what most others took.
 *
 * @param model indexes of users and items, then their factors
 * @param known who took which items before
 * @param length of a list
 * @param usual how many items a user took, usually: those who took more have lists made for them
 */
record Lists(PipelineModel model, Interactions known, int length, int usual) {
  private static final String MODEL = "model";
  private static final String POPULAR = "popular";

  /**
   * For users: user, place from 1, item, score and source; every user has a list, which is shorter
   * only where a user took nearly all that there is.
   */
  Dataset<Row> of(Dataset<Row> users) {
    Dataset<Row> took =
        known
            .rows()
            .groupBy(Interactions.USER)
            .agg(count(lit(1)).as("_took"))
            .where(col("_took").gt(usual));
    int most = most(took);
    if (most == 0) {
      return of(users, length + usual);
    }
    // The model says of what they took, too, and first: of all that it says only the rest is a
    // list.
    Dataset<Row> heavy = took.select(Interactions.USER);
    return of(users.join(heavy, named(Interactions.USER), "left_anti"), length + usual)
        .unionByName(of(users.join(heavy, named(Interactions.USER), "left_semi"), length + most));
  }

  private static int most(Dataset<Row> took) {
    Row most = took.agg(max("_took")).first();
    return most.isNullAt(0) ? 0 : (int) most.getLong(0);
  }

  /**
   * The lists of users.
   *
   * @param looked how many items the model is asked for, of which those that were taken are left
   *     out
   */
  private Dataset<Row> of(Dataset<Row> users, int looked) {
    SparkSession spark = users.sparkSession();
    Dataset<Row> indexed =
        indexer().transform(users.withColumn(Interactions.ITEM, lit(null).cast("string")));
    Dataset<Row> known =
        indexed
            .where(col("_user").lt(indexer().labelsArray()[0].length))
            .select(col(Interactions.USER), col("_user").cast("int").as("_user"));
    Dataset<Row> recommended =
        als()
            .recommendForUserSubset(known, looked)
            .join(known, "_user")
            .select(col(Interactions.USER), explode(col("recommendations")).as("one"))
            .select(
                col(Interactions.USER),
                col("one._item").as("_item"),
                col("one.rating").cast("double").as("score"));
    Dataset<Row> byModel =
        recommended
            .join(broadcast(items(spark)), "_item")
            .select(
                col(Interactions.USER),
                col(Interactions.ITEM),
                col("score"),
                lit(MODEL).as("source"),
                lit(0).as("_order"));
    Dataset<Row> byOthers =
        users
            .crossJoin(broadcast(popular(spark, looked)))
            .select(
                col(Interactions.USER),
                col(Interactions.ITEM),
                col("score"),
                lit(POPULAR).as("source"),
                lit(1).as("_order"));
    Dataset<Row> first =
        byModel
            .unionByName(byOthers)
            .join(
                this.known.rows().select(Interactions.USER, Interactions.ITEM),
                named(Interactions.USER, Interactions.ITEM),
                "left_anti")
            .withColumn(
                "_time",
                row_number()
                    .over(
                        Window.partitionBy(Interactions.USER, Interactions.ITEM).orderBy("_order")))
            .where(col("_time").equalTo(1));
    return first
        .withColumn(
            "place",
            row_number()
                .over(
                    Window.partitionBy(Interactions.USER)
                        .orderBy(col("_order"), col("score").desc(), col(Interactions.ITEM))))
        .where(col("place").leq(length))
        .select(
            col(Interactions.USER),
            col("place"),
            col(Interactions.ITEM),
            coalesce(col("score"), lit(0.0)).as("score"),
            col("source"));
  }

  /** For items that the model knows: item, place from 1, user and score. */
  Dataset<Row> users(SparkSession spark) {
    return als()
        .recommendForAllItems(length)
        .select(col("_item"), explode(col("recommendations")).as("one"))
        .select(
            col("_item"),
            col("one._user").as("_user"),
            col("one.rating").cast("double").as("score"))
        .join(broadcast(items(spark)), "_item")
        .join(broadcast(labels(spark, 0, Interactions.USER, userType())), "_user")
        .withColumn(
            "place",
            row_number()
                .over(
                    Window.partitionBy(Interactions.ITEM)
                        .orderBy(col("score").desc(), col(Interactions.USER))))
        .select(col(Interactions.ITEM), col("place"), col(Interactions.USER), col("score"));
  }

  private static scala.collection.immutable.Seq<String> named(String... columns) {
    return CollectionConverters.asScala(List.of(columns)).toSeq();
  }

  private DataType userType() {
    return known.rows().schema().apply(Interactions.USER).dataType();
  }

  /** What most took, and enough of it for who took much of it. */
  private Dataset<Row> popular(SparkSession spark, int looked) {
    List<Row> rows = new ArrayList<>();
    for (Row row : known.popular(looked)) {
      rows.add(RowFactory.create(row.get(0), (double) row.getLong(1)));
    }
    return spark.createDataFrame(
        rows,
        new StructType()
            .add(Interactions.ITEM, known.rows().schema().apply(Interactions.ITEM).dataType())
            .add("score", "double"));
  }

  private Dataset<Row> items(SparkSession spark) {
    return labels(
        spark, 1, Interactions.ITEM, known.rows().schema().apply(Interactions.ITEM).dataType());
  }

  private Dataset<Row> labels(SparkSession spark, int column, String name, DataType type) {
    String index = "_" + name;
    String[] labels = indexer().labelsArray()[column];
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      rows.add(RowFactory.create(i, labels[i]));
    }
    return spark
        .createDataFrame(rows, new StructType().add(index, "int").add(name, "string"))
        .withColumn(name, col(name).cast(type));
  }

  private StringIndexerModel indexer() {
    return (StringIndexerModel) model.stages()[0];
  }

  private ALSModel als() {
    Transformer[] stages = model.stages();
    return (ALSModel) stages[stages.length - 1];
  }
}
