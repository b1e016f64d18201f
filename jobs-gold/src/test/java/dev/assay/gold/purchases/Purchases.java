package dev.assay.gold.purchases;

import dev.assay.config.TableContract;
import dev.assay.table.TableLayout;
import dev.assay.testing.BlackFriday;
import dev.assay.testing.TestSpark;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * A purchase of the silver table; what a test does not give is that of a woman of 26 to 35.
 *
 * @param id its id, and its product's
 * @param user the customer
 * @param gender F or M
 * @param age a band of years
 * @param category the main category
 * @param amount the amount
 */
record Purchases(String id, long user, String gender, String age, int category, String amount) {

  /** The silver table with these purchases of the day; the product is what an id begins with. */
  static Dataset<Row> table(Purchases... purchases) {
    List<Row> rows = new ArrayList<>();
    for (Purchases purchase : purchases) {
      rows.add(purchase.row(null));
    }
    return table(rows);
  }

  static Dataset<Row> table(List<Row> rows) {
    TableContract contract = BlackFriday.config(Map.of()).pipeline().table("purchases");
    StructType schema = TableLayout.of(contract).schema();
    return TestSpark.session().createDataFrame(rows, schema);
  }

  static Purchases bought(String id, long user, String amount) {
    return new Purchases(id, user, "F", "26-35", 1, amount);
  }

  Purchases by(String ofGender, String ofAge) {
    return new Purchases(id, user, ofGender, ofAge, category, amount);
  }

  Purchases of(int ofCategory) {
    return new Purchases(id, user, gender, age, ofCategory, amount);
  }

  /** The row, with a time or without. */
  Row row(Instant at) {
    return RowFactory.create(
        Date.valueOf(PurchaseMarts.DAY),
        id,
        user,
        id.substring(0, 1),
        gender,
        age,
        7,
        "A",
        "4+",
        0,
        category,
        category == 1 ? 2 : null,
        null,
        new BigDecimal(amount).setScale(2),
        category != 1,
        true,
        at == null ? null : Timestamp.from(at),
        null,
        null,
        null);
  }
}
