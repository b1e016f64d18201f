package dev.assay.gold.retail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.config.AssayConfig;
import dev.assay.gold.GoldStage;
import dev.assay.gold.lifetime.BgNbd;
import dev.assay.gold.lifetime.GammaGamma;
import dev.assay.job.StageRun;
import dev.assay.testing.FakeInputs;
import dev.assay.testing.OnlineRetail;
import dev.assay.testing.TestSpark;
import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** What is expected of customers: the mart's figures are those of the models of their histories. */
class CustomerValueTest {
  private static final LocalDate DAY = LocalDate.of(2010, 12, 10);
  private static final int CUSTOMERS = 150;
  private static final int HORIZON = 180;
  private static final StructType LINE =
      StructType.fromDDL(
          "day date, invoice_no string, customer_id bigint, kind string, amount decimal(22,4)");

  private final SparkSession spark = TestSpark.session();
  private final SortedMap<Long, Bought> customers = bought();

  /** What a customer bought: pounds by how many days ago. */
  private record Bought(SortedMap<Integer, Integer> pounds) {
    int age() {
      return pounds.lastKey();
    }

    int recency() {
      return age() - pounds.firstKey();
    }

    long repeats() {
      return pounds.size() - 1L;
    }

    double mean() {
      double all = pounds.values().stream().mapToInt(Integer::intValue).sum();
      return repeats() == 0 ? 0 : (all - pounds.get(age())) / repeats();
    }
  }

  @Test
  void everyCustomersFiguresAreThoseOfTheModelsOfAllHistories() {
    BgNbd returns =
        BgNbd.fit(
            customers.values().stream()
                .map(one -> new BgNbd.History(one.repeats(), one.recency(), one.age(), 1))
                .toList());
    GammaGamma spending =
        GammaGamma.fit(
            customers.values().stream()
                .filter(one -> one.repeats() > 0)
                .map(one -> new GammaGamma.Spending(one.repeats(), one.mean(), 1))
                .toList());

    List<Row> rows = mart(Map.of()).collectAsList();

    assertThat(rows).hasSize(CUSTOMERS);
    for (Row row : rows) {
      Bought one = customers.get(row.<Long>getAs("customer_id"));
      double alive = returns.alive(one.repeats(), one.recency(), one.age());
      double purchases = returns.expectedRepeats(one.repeats(), one.recency(), one.age(), HORIZON);
      double purchase = spending.expectedPurchase(one.repeats(), one.mean());
      assertThat(row.<Double>getAs("p_alive")).isCloseTo(alive, within(1e-3));
      assertThat(row.<Double>getAs("expected_purchases")).isCloseTo(purchases, within(1e-2));
      assertThat(row.<BigDecimal>getAs("expected_purchase").doubleValue())
          .isCloseTo(purchase, within(1e-2));
      assertThat(row.<BigDecimal>getAs("expected_value").doubleValue())
          .isCloseTo(purchases * purchase, within(0.5));
    }
  }

  @Test
  void theSameLinesGiveTheSameFigures() {
    assertThat(mart(Map.of()).collectAsList()).isEqualTo(mart(Map.of()).collectAsList());
  }

  @Test
  void modelsAreOfASampleWhereThereAreManyCustomers() {
    String sample = "pipeline.tables.customer_value.parameters.fit-customers";

    Dataset<Row> ofSome = mart(Map.of(sample, "145"));

    assertThat(ofSome.count()).isEqualTo(CUSTOMERS);
    assertThat(ofSome.where("p_alive IS NULL").count()).isZero();
    assertThat(ofSome.collectAsList()).isNotEqualTo(mart(Map.of()).collectAsList());
  }

  private Dataset<Row> mart(Map<String, String> overrides) {
    AssayConfig config = OnlineRetail.config(overrides);
    List<Row> lines = new ArrayList<>();
    customers.forEach(
        (customer, one) ->
            one.pounds()
                .forEach(
                    (ago, pounds) ->
                        lines.add(
                            RowFactory.create(
                                Date.valueOf(DAY.minusDays(ago)),
                                customer + "-" + ago,
                                customer,
                                "sale",
                                BigDecimal.valueOf(pounds)))));
    FakeInputs inputs =
        new FakeInputs().with("order_lines", "day", spark.createDataFrame(lines, LINE));
    return new GoldStage()
        .drafts(
            new StageRun("run", spark, config, inputs),
            DAY,
            List.of(config.pipeline().table("customer_value")))
        .drafts()
        .get(0)
        .rows()
        .orderBy("customer_id");
  }

  /** Customers, the first of whom bought today, most of whom come back at a rate of their own. */
  private static SortedMap<Long, Bought> bought() {
    Random random = new Random(7);
    SortedMap<Long, Bought> customers = new TreeMap<>();
    for (long customer = 1; customer <= CUSTOMERS; customer++) {
      SortedMap<Integer, Integer> pounds = new TreeMap<>();
      int typical = 20 + random.nextInt(60);
      int pause = 3 + random.nextInt(60);
      boolean first = customer == 1;
      for (int ago = first ? 0 : 100 + random.nextInt(200);
          ago >= 0;
          ago -= 1 + random.nextInt(2 * pause)) {
        pounds.put(ago, typical / 2 + random.nextInt(typical));
        if (random.nextInt(6) == 0) {
          break;
        }
      }
      customers.put(customer, new Bought(pounds));
    }
    return customers;
  }
}
