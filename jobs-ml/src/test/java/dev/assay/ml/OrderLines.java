package dev.assay.ml;

import dev.assay.testing.OnlineRetail;
import dev.assay.testing.TestSpark;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Order lines as silver has them, in the columns that models read. */
public final class OrderLines {
  private OrderLines() {}

  /** Those of a query that gives {@code day, customer_id, stock_code, kind, amount}. */
  public static Dataset<Row> made(String query) {
    return TestSpark.session()
        .sql(
            """
            SELECT
              CAST(day AS DATE) AS day,
              concat(customer_id, '/', day) AS invoice_no,
              stock_code,
              IF(kind = 'sale', 1, -1) AS quantity,
              CAST(customer_id AS BIGINT) AS customer_id,
              kind,
              CAST(amount AS DECIMAL(22, 4)) AS amount
            FROM (%s)
            """
                .formatted(query))
        .cache();
  }

  /** The real ones of half a year. */
  public static Dataset<Row> real() {
    return TestSpark.session()
        .read()
        .option("header", true)
        .csv(OnlineRetail.everyDay().toString())
        .selectExpr(
            "CAST(InvoiceDate AS DATE) AS day",
            "InvoiceNo AS invoice_no",
            "StockCode AS stock_code",
            "CAST(Quantity AS INT) AS quantity",
            "CAST(CAST(CustomerID AS DOUBLE) AS BIGINT) AS customer_id",
            "CASE WHEN InvoiceNo LIKE 'C%' THEN 'cancellation' WHEN InvoiceNo LIKE 'A%' THEN"
                + " 'adjustment' ELSE 'sale' END AS kind",
            "CAST(CAST(Quantity AS INT) * CAST(UnitPrice AS DECIMAL(12, 4)) AS DECIMAL(22, 4)) AS"
                + " amount")
        .where("NOT (kind = 'sale' AND quantity < 0)")
        .cache();
  }
}
