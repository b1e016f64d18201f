package dev.assay.bench;

import dev.assay.audit.AuditReport;
import dev.assay.audit.RowAccount;
import dev.assay.cli.StageJobs;
import dev.assay.config.AssayConfig;
import dev.assay.config.ConfigLoader;
import dev.assay.config.ConfigSource;
import dev.assay.config.Stage;
import dev.assay.config.TableContract;
import dev.assay.config.TableDay;
import dev.assay.feed.Landings;
import dev.assay.ledger.Attempt;
import dev.assay.ledger.LakeLayout;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.Outcome;
import dev.assay.ledger.OutcomeKind;
import dev.assay.ledger.TableDayOutcome;
import dev.assay.model.Champions;
import dev.assay.plan.Planner;
import dev.assay.store.LakeStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/**
 * Makes what plans are made from, of three pipelines with twenty tables and a thousand days each:
 * conf, landed files and ledger. Every table-day is current but for those of the last day, and of a
 * file in the middle that was delivered again.
 *
 * <p>Arguments: the folder of conf, which has {@code reference.conf} and the environments, and the
 * lake's root.
 */
public final class LargeLake {
  private static final LocalDate FIRST = LocalDate.of(2020, 1, 1);
  private static final int DAYS = 1000;
  private static final int PIPELINES = 3;
  private static final int FEEDS = 4;
  private static final int MARTS = 12;

  private LargeLake() {}

  public static void main(String[] args) throws IOException {
    Path conf = Path.of(args[0]);
    Path lake = Path.of(args[1]);
    LakeStore store = new LakeStore(lake.toString(), new Configuration());
    LakeLayout.ensure(store);
    for (int pipeline = 1; pipeline <= PIPELINES; pipeline++) {
      String name = "p" + pipeline;
      Files.writeString(conf.resolve(name + ".conf"), conf(name));
      land(lake, name);
      AssayConfig config =
          ConfigLoader.load(
              new ConfigSource(conf, "embedded", name, Map.of("lake", lake.toString()), Map.of()));
      for (Stage stage : List.of(Stage.BRONZE, Stage.SILVER, Stage.GOLD)) {
        publish(store, config, stage);
      }
      Path again = lake.resolve("landing/" + name + "/f1/" + FIRST.plusDays(DAYS / 2) + ".csv");
      Files.writeString(again, "delivered again");
    }
  }

  private static String conf(String name) {
    StringBuilder conf = new StringBuilder();
    conf.append("pipeline { name = ").append(name).append(", description = \"Large.\"\n");
    conf.append("owner = bench, start = ").append(FIRST).append("\n");
    StringBuilder tables = new StringBuilder("tables {\n");
    for (int feed = 1; feed <= FEEDS; feed++) {
      conf.append(
          String.format(
              Locale.ROOT,
              "feeds.f%d { files = ${landing}\"/%s/f%d/{date}.csv\", columns = [Id, At],"
                  + " allowed-lateness-days = 2 }%n",
              feed,
              name,
              feed));
      tables.append(
          String.format(
              Locale.ROOT,
              "f%d_raw { stage = bronze, description = \"Raw.\", feed = f%d }%n",
              feed,
              feed));
      tables.append(
          String.format(
              Locale.ROOT,
              "s%d { stage = silver, description = \"Typed.\", source = f%d_raw, event-time = at,"
                  + " columns = [{ name = id, type = string, from = Id, comment = \"Id.\" },"
                  + " { name = at, type = timestamp, from = At, comment = \"When.\" }] }%n",
              feed,
              feed));
    }
    for (int mart = 1; mart <= MARTS; mart++) {
      String cadence =
          mart % 3 == 0
              ? "cadence = snapshot, window-days = 365"
              : "cadence = daily, look-back-days = " + 7 * (mart % 3 - 1);
      tables.append(
          String.format(
              Locale.ROOT,
              "m%d { stage = gold, description = \"Mart.\", inputs = [s%d, s%d],"
                  + " transform = \"retail/daily_sales.sql\", %s, columns ="
                  + " [{ name = n, type = bigint, comment = \"Count.\" }] }%n",
              mart,
              mart % FEEDS + 1,
              (mart + 1) % FEEDS + 1,
              cadence));
    }
    return conf.append(tables).append("}\n}\n").toString();
  }

  private static void land(Path lake, String name) throws IOException {
    for (int feed = 1; feed <= FEEDS; feed++) {
      Path folder = Files.createDirectories(lake.resolve("landing/" + name + "/f" + feed));
      for (int day = 0; day < DAYS; day++) {
        Files.writeString(folder.resolve(FIRST.plusDays(day) + ".csv"), "Id,At\n");
      }
    }
  }

  private static void publish(LakeStore lake, AssayConfig config, Stage stage) {
    Ledger ledger = Ledger.of(lake, config.pipeline().name());
    Planner planner =
        new Planner(
            config.pipeline(),
            ledger.state(),
            new Landings(lake.conf()),
            StageJobs.transforms(config.pipeline()),
            model -> Champions.none());
    List<TableDayOutcome> outcomes = new ArrayList<>();
    List<TableDay> tableDays = new ArrayList<>();
    for (int day = 0; day < DAYS - 1; day++) {
      for (TableContract contract : config.pipeline().tablesOf(stage)) {
        TableDay tableDay = new TableDay(contract.name(), FIRST.plusDays(day));
        tableDays.add(tableDay);
        outcomes.add(
            new TableDayOutcome(
                tableDay,
                OutcomeKind.PUBLISHED,
                "published",
                (long) day,
                audit(day),
                Map.of("orders_raw", (long) day),
                planner.basis(tableDay),
                null));
      }
    }
    Attempt attempt =
        ledger.open(
            0,
            token ->
                new Attempt(token, stage, tableDays, "bench", Instant.now(), "host", 1, "classes"));
    ledger.published(
        new Outcome(attempt.token(), "bench", "classes", Instant.now(), attempt.token(), outcomes));
  }

  private static AuditReport audit(int day) {
    return new AuditReport(
        new RowAccount(day, day, 0, 0, Map.of()),
        List.of(),
        Map.of("net", "1234567.8900", "amount", "2345678.9000"),
        day + "-1234567890abc-1234567890abc",
        Map.of());
  }
}
