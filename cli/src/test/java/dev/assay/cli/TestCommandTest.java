package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestCommandTest {
  @TempDir private Path folder;

  @Test
  void triesTheMartsOfEveryPipelineAndSaysWhichHaveNoFixture() throws IOException {
    SmallPipeline.in(folder);
    Path another = Files.createDirectories(folder.resolve("another"));
    Files.writeString(
        folder.resolve("another.conf"),
        Files.readString(folder.resolve("small.conf"))
            .replace("name = small", "name = another")
            .replace("small/", "another/"));
    for (String sql : new String[] {"daily.sql", "trailing.sql"}) {
      Files.copy(folder.resolve("small").resolve(sql), another.resolve(sql));
    }
    Files.writeString(another.resolve("daily.test.conf"), fixture("sums_up", "5"));
    Files.writeString(
        folder.resolve("small/daily.test.conf"), fixture("sums_up", "5") + fixture("errs", "6"));

    Tool.Answer tried = Tool.run(folder, "test", "--conf-dir", folder.toString());

    assertThat(tried.exitCode()).isEqualTo(3);
    assertThat(tried.said().lines())
        .containsSubsequence(
            "another.daily: sums_up: ok",
            "another.trailing: FAILED, it has no fixture; write "
                + another.resolve("trailing.test.conf"),
            "small.daily: errs: FAILED",
            "    amount",
            "  - 6",
            "  + 5",
            "small.daily: sums_up: ok",
            "small.trailing: FAILED, it has no fixture; write "
                + folder.resolve("small/trailing.test.conf"),
            "3 failed");
  }

  private static String fixture(String name, String amount) {
    return """
        %s {
          date = 2026-01-02
          given.sales = \"""
            day        | id | amount
            2026-01-02 | a  | 2
            2026-01-02 | b  | 3
          \"""
          expect = \"""
            amount
            %s
          \"""
        }
        """
        .formatted(name, amount);
  }
}
