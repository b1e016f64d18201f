package dev.assay.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.table.TableState.TableFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableCommitTest {
  @Test
  void saysNothingOfAFileThatStays() {
    TableCommit commit =
        new TableCommit(
            Map.of("table/day", 7L),
            List.of(file("goes"), file("stays")),
            List.of(added("stays"), added("comes")),
            "{}");

    String json = new String(commit.json(3), StandardCharsets.UTF_8);
    assertThat(json.lines().filter(line -> line.startsWith("{\"remove\"")))
        .singleElement()
        .asString()
        .contains("day=2010-12-01/goes");
    assertThat(json.lines().filter(line -> line.startsWith("{\"add\"")))
        .containsExactly(added("comes"));
    assertThat(json.lines().filter(line -> line.startsWith("{\"txn\""))).hasSize(1);
  }

  private static TableFile file(String name) {
    return TableFile.of(added(name));
  }

  private static String added(String name) {
    return "{\"add\":{\"path\":\"day=2010-12-01/%s\",\"partitionValues\":{\"day\":\"2010-12-01\"},\"size\":1}}"
        .formatted(name);
  }
}
