package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.config.AssayConfig;
import dev.assay.config.Stage;
import dev.assay.config.TableDay;
import dev.assay.job.StageResult;
import dev.assay.job.StageRunner;
import dev.assay.plan.Scope;
import dev.assay.testing.OnlineRetail;
import dev.assay.testing.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A range in which a day is refused. */
class PlanRunTest {
  private static final LocalDate FIRST = LocalDate.of(2010, 12, 1);

  @TempDir private Path lake;

  @Test
  void makesTheDaysBeforeARefusedOneToTheirEndAndBeginsNoneAfterIt() throws IOException {
    assertThat(published(false))
        .containsExactlyInAnyOrder(
            "orders_raw/2010-12-01", "order_lines/2010-12-01", "daily_sales/2010-12-01");
  }

  @Test
  void goesOnWithTheOtherDaysIfItIsTo() throws IOException {
    assertThat(published(true))
        .containsExactlyInAnyOrder(
            "orders_raw/2010-12-01",
            "order_lines/2010-12-01",
            "daily_sales/2010-12-01",
            "orders_raw/2010-12-03",
            "order_lines/2010-12-03",
            "daily_sales/2010-12-03");
  }

  /** What is published of three days, the second of which has an empty file. */
  private List<String> published(boolean keepGoing) throws IOException {
    Path orders = Files.createDirectories(lake.resolve("landing/retail/orders"));
    for (int day = 0; day < 3; day++) {
      String date = FIRST.plusDays(day).toString();
      String header = Files.readAllLines(OnlineRetail.bundled().resolve("2010-12-01.csv")).get(0);
      String line = "536365,85123A,LAMP,6," + date + " 08:26:00,2.55,17850.0,France";
      Files.writeString(orders.resolve(date + ".csv"), day == 1 ? "" : header + "\n" + line + "\n");
    }
    AssayConfig config = OnlineRetail.config(Map.of("lake", lake.toString()));
    Scope scope =
        new Scope(
            FIRST,
            FIRST.plusDays(2),
            EnumSet.of(Stage.BRONZE, Stage.SILVER, Stage.GOLD),
            Set.of("orders_raw", "order_lines", "daily_sales"),
            false);
    List<String> published = new ArrayList<>();
    new PlanRun(new StageRunner(TestSpark.session(), config), keepGoing, "test")
        .run(
            Planning.plan(Planning.planner(config, scope), scope),
            (batch, result) -> published.addAll(names(result)));
    return published;
  }

  private static List<String> names(StageResult result) {
    return result.published().keySet().stream().map(PlanRunTest::name).toList();
  }

  private static String name(TableDay tableDay) {
    return tableDay.table().table() + "/" + tableDay.day();
  }
}
