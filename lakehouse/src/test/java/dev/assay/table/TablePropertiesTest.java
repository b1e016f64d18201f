package dev.assay.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.config.ColumnContract;
import dev.assay.config.TableContract;
import dev.assay.store.LakeStore;
import dev.assay.testing.Contracts;
import dev.assay.testing.Lakes;
import dev.assay.testing.Sales;
import dev.assay.testing.TestSpark;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How tables come by their properties and lose them, and what these do, on a real store. */
class TablePropertiesTest {
  private final SparkSession spark = TestSpark.session();
  private final TableContract contract = Contracts.sales("sales");
  private final TableLayout layout = TableLayout.of(contract);
  private String root = "";
  private DeltaTables tables;
  private TableCommits commits;

  @BeforeEach
  void openLake() {
    root = Lakes.newRoot();
    Sales.runner(root, contract);
    LakeStore lake = new LakeStore(root, spark.sessionState().newHadoopConf());
    tables = new DeltaTables(spark, lake);
    commits = new TableCommits(lake);
    tables.ensure(layout, Map.of(), "{}");
  }

  @Test
  void givesATableThatIsThereThePropertiesThatConfChanged() {
    long before = commits.newestVersion(layout);
    Map<String, String> changed = Map.of("delta.enableExpiredLogCleanup", "false");

    tables.ensure(layout, changed, "{}");
    tables.ensure(layout, changed, "{}");

    assertThat(commits.newestVersion(layout)).isEqualTo(before + 1);
  }

  @Test
  void takesThePropertiesAwayThatConfDoesNotGiveATableAnyMore() {
    tables.ensure(layout, Map.of("delta.dataSkippingStatsColumns", "id"), "{}");

    tables.ensure(layout, Map.of(), "{}");
    long without = commits.newestVersion(layout);
    tables.ensure(layout, Map.of(), "{}");

    assertThat(properties()).doesNotContainKey("delta.dataSkippingStatsColumns");
    assertThat(commits.newestVersion(layout)).isEqualTo(without);
  }

  @Test
  void writesSmallGroupsOfRowsWhereEveryRowHasBytes() throws IOException {
    TableProperties properties =
        TableProperties.of(TestSpark.config(root, Contracts.pipeline(contract)).lake());
    StructType schema = TableLayout.of(contract).schema().add("sketch", "binary", false);

    assertThat(groupsOfFiveMegabytes("plain", schema, properties.of(contract))).isEqualTo(1);
    assertThat(groupsOfFiveMegabytes("large", schema, properties.of(withBytes())))
        .isBetween(15, 25);
  }

  /** The contract, with a column of bytes that every row has. */
  private TableContract withBytes() {
    List<ColumnContract> columns = new ArrayList<>(contract.columns());
    columns.add(Contracts.column("sketch", "binary", false));
    return new TableContract(
        contract.name(),
        contract.stage(),
        contract.description(),
        contract.partition(),
        contract.key(),
        columns,
        contract.derivation(),
        contract.checks(),
        contract.totals(),
        contract.controls(),
        contract.upkeep(),
        null);
  }

  /** In how many groups a table has eighty rows of 64 kB. */
  private int groupsOfFiveMegabytes(String table, StructType schema, Map<String, String> properties)
      throws IOException {
    TableLayout large =
        new TableLayout(
            layout.name(), "silver/test/" + table, "Test.", layout.partitions(), schema);
    tables.ensure(large, properties, "{}");
    Dataset<Row> eighty =
        spark
            .range(0, 80, 1, 1)
            .selectExpr(
                "DATE'2010-12-01' AS day",
                "CAST(id AS STRING) AS id",
                "CAST(id AS DECIMAL(12, 2)) AS amount",
                "CAST(randstr(65536, 7) AS BINARY) AS sketch");
    WrittenFiles written = tables.write(large, "2010-12-01", eighty);
    LakeStore lake = Lakes.lake(root);
    String path = large.folder() + "/" + TableVersions.pathOf(written.actions().get(0));
    try (ParquetFileReader file =
        ParquetFileReader.open(HadoopInputFile.fromPath(lake.path(path), lake.conf()))) {
      return file.getRowGroups().size();
    }
  }

  @Test
  void leavesPropertiesAloneThatAreNotOfAssay() {
    tables.ensure(layout, Map.of("owner", "somebody"), "{}");

    tables.ensure(layout, Map.of("delta.enableExpiredLogCleanup", "false"), "{}");

    assertThat(properties())
        .containsEntry("owner", "somebody")
        .containsEntry("delta.enableExpiredLogCleanup", "false");
  }

  private Map<String, String> properties() {
    return spark
        .sql("DESCRIBE DETAIL delta.`" + Lakes.lake(root).path(layout.folder()) + "`")
        .select("properties")
        .first()
        .getJavaMap(0);
  }
}
