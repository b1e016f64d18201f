package dev.assay.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.assay.testing.Fault;
import dev.assay.testing.FaultyStore;
import dev.assay.testing.Lakes;
import dev.assay.testing.MinioServer;
import dev.assay.testing.RandomFaults;
import dev.assay.testing.RandomFaults.Rates;
import io.netty.handler.codec.http.HttpMethod;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConditionalCreateTest {
  private static final int WRITERS = 8;
  private static final int OBJECTS = 20;

  private static final int SIX_MEGABYTES = 6 << 20;

  /** They tell nothing here that an error of the store does not tell sooner. */
  private static final Set<Fault> LONG_WAITS =
      EnumSet.of(Fault.ANSWER_SWALLOWED, Fault.SENT_TOO_LATE, Fault.SLOW);

  @TempDir private static Path folder;

  static Stream<LakeStore> lakes() {
    return Stream.of(
        new LakeStore(folder.toString(), new Configuration()), Lakes.lake(Lakes.newRoot()));
  }

  @ParameterizedTest
  @MethodSource("lakes")
  void letsExactlyOneOfManyWritersWinEachObject(LakeStore lake) throws Exception {
    race(lake, OBJECTS);
  }

  @Test
  void letsExactlyOneOfManyWritersWinEachObjectOnAStoreThatFails() throws Exception {
    long seed = Long.getLong("test.seed", System.nanoTime());
    RandomFaults random = new RandomFaults(seed, new Rates(0.03, 0.4, 0));
    try (FaultyStore store = new FaultyStore(MinioServer.get().endpoint(), Duration.ofMinutes(1))) {
      LakeStore lake = behind(store, Map.of());
      store.happen(request -> random.next(request).filter(kind -> !LONG_WAITS.contains(kind)));

      assertThatCode(() -> race(lake, 8)).as("-Dtest.seed=" + seed).doesNotThrowAnyException();

      assertThat(store.countsOfConditional().keySet())
          .as("-Dtest.seed=" + seed)
          .isEqualTo(EnumSet.complementOf(EnumSet.copyOf(LONG_WAITS)));
    }
  }

  @Test
  void knowsALargeObjectAgainWhoseLastPartWasAnsweredWithAnError() {
    try (FaultyStore store = new FaultyStore(MinioServer.get().endpoint(), Duration.ofMinutes(1))) {
      LakeStore lake = behind(store, Map.of("fs.s3a.multipart.size", "5M"));
      store.happen(
          request ->
              request.method().equals(HttpMethod.POST) && request.uri().contains("uploadId")
                  ? Optional.of(Fault.DONE_BUT_500)
                  : Optional.empty());
      byte[] ours = new byte[SIX_MEGABYTES];
      byte[] theirs = new byte[SIX_MEGABYTES];
      theirs[0] = 1;

      assertThat(lake.createIfAbsent("large", ours)).isTrue();
      assertThat(lake.createIfAbsent("large", theirs)).isFalse();

      assertThat(store.countsOfConditional()).containsKey(Fault.DONE_BUT_500);
      assertThat(lake.read("large").orElseThrow()).isEqualTo(ours);
    }
  }

  private static LakeStore behind(FaultyStore store, Map<String, String> settings) {
    Configuration conf =
        StoreSettings.configuration(Lakes.store(store.endpoint(), Lakes.credentials()));
    settings.forEach(conf::set);
    return new LakeStore(Lakes.newRoot("failing-" + UUID.randomUUID()), conf);
  }

  private static void race(LakeStore lake, int objects) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    for (int object = 0; object < objects; object++) {
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
