package dev.assay.audit;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.testing.TestSpark;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class RowHashTest {

  @Test
  void tellsAValueOfOneColumnFromTheSameOfAnother() {
    long first = hash("SELECT 'x' AS a, CAST(NULL AS STRING) AS b", "a", "b");
    long second = hash("SELECT CAST(NULL AS STRING) AS a, 'x' AS b", "a", "b");

    assertThat(first).isNotEqualTo(second);
  }

  @Test
  void tellsWhatIsEmptyFromWhatIsNotThere() {
    assertThat(hash("SELECT '' AS a", "a"))
        .isNotEqualTo(hash("SELECT CAST(NULL AS STRING) AS a", "a"));
  }

  @Test
  void staysTheSameWhenATableGainsAColumnThatIsNull() {
    assertThat(hash("SELECT 'x' AS a, CAST(NULL AS STRING) AS b", "a", "b"))
        .isEqualTo(hash("SELECT 'x' AS a", "a"));
  }

  @Test
  void hasOtherHashesOfTheSameRow() {
    assertThat(hash("SELECT 'x' AS a, CAST(NULL AS STRING) AS b", 0))
        .isNotEqualTo(hash("SELECT 'x' AS a, CAST(NULL AS STRING) AS b", 1))
        .isNotEqualTo(hash("SELECT CAST(NULL AS STRING) AS a, 'x' AS b", 0))
        .isEqualTo(hash("SELECT 'x' AS a, CAST(NULL AS STRING) AS b", 0));
  }

  private static long hash(String sql, int which) {
    Dataset<Row> rows = TestSpark.session().sql(sql);
    return rows.select(RowHash.of(List.of(col("a"), col("b")), which)).first().getLong(0);
  }

  private static long hash(String sql, String... columns) {
    return TestSpark.session()
        .sql(sql)
        .select(RowHash.of(List.of(columns), Set.of(columns)))
        .first()
        .getLong(0);
  }
}
