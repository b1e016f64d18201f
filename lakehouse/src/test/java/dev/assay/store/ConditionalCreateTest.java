package dev.assay.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.testing.Lakes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConditionalCreateTest {
  private static final int WRITERS = 8;
  private static final int OBJECTS = 20;

  @TempDir private static Path folder;

  static Stream<LakeStore> lakes() {
    return Stream.of(
        new LakeStore(folder.toString(), new Configuration()), Lakes.lake(Lakes.newRoot()));
  }

  @ParameterizedTest
  @MethodSource("lakes")
  void letsExactlyOneOfManyWritersWinEachObject(LakeStore lake) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    for (int object = 0; object < OBJECTS; object++) {
      String path = "race/" + object;
      List<Callable<Boolean>> writers = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        byte[] content = ("writer " + writer).getBytes(UTF_8);
        writers.add(() -> lake.createIfAbsent(path, content));
      }
      List<Future<Boolean>> answers = threads.invokeAll(writers);

      List<Integer> winners = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        if (answers.get(writer).get()) {
          winners.add(writer);
        }
      }
      assertThat(winners).hasSize(1);
      assertThat(new String(lake.read(path).orElseThrow(), UTF_8))
          .isEqualTo("writer " + winners.get(0));
    }
    threads.shutdown();
  }

  @ParameterizedTest
  @MethodSource("lakes")
  void knowsItsOwnObjectAgainWhenTheFirstAnswerWasLost(LakeStore lake) {
    byte[] ours = "ours".getBytes(UTF_8);

    assertThat(lake.createIfAbsent("lost-answer", ours)).isTrue();
    assertThat(lake.createIfAbsent("lost-answer", ours)).isTrue();
    assertThat(lake.createIfAbsent("lost-answer", "theirs".getBytes(UTF_8))).isFalse();
  }
}
