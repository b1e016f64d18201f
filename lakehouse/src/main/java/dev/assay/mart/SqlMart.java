package dev.assay.mart;

import dev.assay.query.SqlQuery;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A mart written in SQL, with the parameters of its contract: a {@link SqlQuery}. */
record SqlMart(String sql) implements Mart {

  @Override
  public Dataset<Row> compute(MartInputs inputs) {
    Map<String, Dataset<Row>> tables = new LinkedHashMap<>();
    inputs.computed().inputs().forEach(input -> tables.put(input, inputs.table(input)));
    return new SqlQuery(inputs.contract().name().toString(), sql, inputs.computed().parameters())
        .rows(inputs.spark(), tables, inputs.first(), inputs.date());
  }

  @Override
  public String version() {
    return sql;
  }
}
