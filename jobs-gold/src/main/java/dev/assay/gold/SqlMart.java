package dev.assay.gold;

import java.util.UUID;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A mart written in SQL: {@code {order_lines}} stands for an input's rows, {@code :date} for the
 * business date, {@code :first} for the first day that is read, and {@code :name} for a parameter
 * of the table.
 */
record SqlMart(String sql) implements Mart {

  @Override
  public Dataset<Row> compute(MartInputs inputs) {
    // Marts of one session are computed side by side, so each sees its inputs under its own names.
    String suffix = "_" + UUID.randomUUID().toString().replace("-", "");
    String text = SqlParameters.of(inputs).in(sql);
    try {
      for (String input : inputs.computed().inputs()) {
        inputs.table(input).createOrReplaceTempView(input + suffix);
        text = text.replace("{" + input + "}", input + suffix);
      }
      return inputs.spark().sql(text);
    } finally {
      inputs
          .computed()
          .inputs()
          .forEach(input -> inputs.spark().catalog().dropTempView(input + suffix));
    }
  }

  @Override
  public String version() {
    return sql;
  }
}
