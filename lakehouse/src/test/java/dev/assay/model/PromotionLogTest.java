package dev.assay.model;

import static dev.assay.testing.TestModels.decision;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.concurrent.Concurrently;
import dev.assay.store.LakeStore;
import dev.assay.testing.TestModels;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromotionLogTest {
  private static final LocalDate MONDAY = LocalDate.of(2020, 1, 6);
  private static final LocalDate NEXT = MONDAY.plusDays(7);

  @TempDir private Path folder;
  private LakeStore lake;
  private PromotionLog log;

  @BeforeEach
  void open() {
    lake = new LakeStore(folder.toString(), new Configuration());
    log = new PromotionLog(lake, "test", "model");
    List.of("a", "b", "c").forEach(version -> keep(version, MONDAY));
  }

  @Test
  void aDayHasTheChampionOfTheNewestDecisionThatIsNotOfItsFuture() {
    trained(decision(NEXT, "b", "b"));
    trained(decision(MONDAY, "a", "a"));

    assertThat(champions().at(MONDAY.minusDays(1))).isEmpty();
    assertThat(champions().at(NEXT.minusDays(1))).contains("a");
    assertThat(champions().at(NEXT)).as("whatever was decided last").contains("b");
    assertThat(champions().before(NEXT)).contains("a");
    assertThat(champions().all()).containsExactly("a", "b");
  }

  @Test
  void theSameDecisionIsRecordedOnce() {
    trained(decision(MONDAY, "a", "a"));
    trained(decision(MONDAY, "a", "a"));
    assertThat(champions().promotions()).hasSize(1);

    assertThat(trained(decision(MONDAY, null, "b"))).isEmpty();
    assertThat(champions().at(MONDAY)).as("what is learned again decides again").isEmpty();
    assertThat(champions().promotions()).extracting(Promotion::number).containsExactly(1L, 2L);
  }

  @Test
  void aTrainingThatIsNoneAnyMoreLeavesTheChampionBefore() {
    trained(decision(MONDAY, "a", "a"));
    trained(decision(NEXT, "b", "b"));

    assertThat(trained(decision(NEXT, null, null))).contains("a");

    assertThat(champions().at(NEXT.plusDays(1))).contains("a");
    assertThat(champions().all()).containsExactly("a");
    assertThat(trained(decision(NEXT, "b", "b"))).as("it learns again").contains("b");
  }

  @Test
  void aRollbackTakesTheDaysOfTheChampionBackToTheOneBefore() {
    trained(decision(MONDAY, "a", "a"));
    trained(decision(NEXT, "b", "b"));
    String before = champions().basis(NEXT);

    Promotion rollback = log.rollback("it is wrong");

    assertThat(rollback.from()).isEqualTo(NEXT);
    assertThat(champions().at(NEXT.plusDays(3))).contains("a");
    assertThat(champions().basis(NEXT)).as("its rows are stale").isNotEqualTo(before);
    assertThat(champions().basis(NEXT.minusDays(1))).isEqualTo("a");
    assertThat(trained(decision(NEXT, "b", "b")))
        .as("the same training does not overrule it")
        .contains("a");
  }

  @Test
  void toGoBackTwiceTakesBackAllDaysOfTheSecondToo() {
    LocalDate third = NEXT.plusDays(7);
    trained(decision(MONDAY, "a", "a"));
    trained(decision(NEXT, "b", "b"));
    trained(decision(third, "c", "c"));

    assertThat(log.rollback("c is wrong").champion()).isEqualTo("b");
    Promotion second = log.rollback("b is wrong, too");

    assertThat(second.champion()).isEqualTo("a");
    assertThat(second.from()).isEqualTo(NEXT);
    assertThat(champions().changes()).containsExactly(Map.entry(MONDAY, Optional.of("a")));

    assertThat(log.rollback("so is a").from()).isEqualTo(MONDAY);
    assertThat(champions().at(third)).isEmpty();
  }

  @Test
  void toGoBackLeavesTheDaysThatTheVersionHadBeforeAnother() {
    LocalDate third = NEXT.plusDays(7);
    trained(decision(MONDAY, "a", "a"));
    trained(decision(NEXT, "b", "b"));
    log.promote("a", third, "it was better after all");

    assertThat(log.rollback("it was not").champion()).isEqualTo("b");

    assertThat(champions().changes())
        .containsExactly(Map.entry(MONDAY, Optional.of("a")), Map.entry(NEXT, Optional.of("b")));
  }

  @Test
  void aRefusedTrainingDecidesNothingSoThatAPersonDecidesOfTheDaysAfterItToo() {
    trained(decision(MONDAY, "a", "a"));
    trained(decision(NEXT, "b", "b"));
    trained(decision(NEXT.plusDays(7), "b", "c"));
    trained(decision(NEXT.plusDays(14), "b", "d"));
    LocalDate today = NEXT.plusDays(20);
    String before = champions().basis(today);

    assertThat(log.rollback("it is wrong").from()).isEqualTo(NEXT);

    assertThat(champions().at(today)).contains("a");
    assertThat(champions().basis(today)).isNotEqualTo(before);
  }

  @Test
  void whereThereWasNoChampionBeforeThereIsNoneAgainUntilATrainingMakesOne() {
    trained(decision(MONDAY, "a", "a"));

    assertThat(log.rollback("learned from spoiled rows").champion()).isNull();

    assertThat(champions().at(NEXT)).isEmpty();
    assertThat(trained(decision(MONDAY, "a", "a"))).as("the same training").isEmpty();
    log.retire("a", "spoiled");
    assertThat(trained(decision(NEXT, "b", "b"))).contains("b");
    assertThatThrownBy(() -> log.promote("a", NEXT, "again")).hasMessageContaining("is retired");
  }

  @Test
  void aTrainingOfADayThatAPersonDecidedAboutDoesNotOverruleIt() {
    trained(decision(MONDAY, "a", "a"));
    trained(decision(NEXT, "b", "b"));
    log.rollback("it is wrong");

    assertThat(trained(decision(NEXT, "c", "c"))).as("learned again from other rows").contains("a");

    assertThat(champions().at(NEXT.plusDays(6))).contains("a");
    assertThat(champions().all()).containsExactly("a");
    assertThat(trained(decision(NEXT.plusDays(7), "d", "d"))).as("a week later").contains("d");
  }

  @Test
  void aTrainingThatAPersonDecidedBesideDecidesNothing() {
    trained(decision(MONDAY, "a", "a"));
    Champions judgedBy = champions();
    log.promote("b", MONDAY, "better");

    assertThatThrownBy(() -> log.trained(decision(NEXT, "c", "c"), judgedBy))
        .hasMessageContaining("somebody decided about model of test while it was trained")
        .hasMessageContaining("run it again");

    assertThat(champions().at(NEXT)).contains("b");
    assertThat(champions().promotions()).hasSize(2);
  }

  @Test
  void aVersionIsPromotedByHandButNotForItsPast() {
    trained(decision(MONDAY, "a", "a"));
    keep("late", NEXT);

    assertThatThrownBy(() -> log.promote("late", MONDAY, "why not"))
        .hasMessageContaining("no day is scored by a model of its future");
    assertThatThrownBy(() -> log.promote("nobody", NEXT, "why not"))
        .hasMessageContaining("has no model model of version 'nobody'");
    log.promote("late", NEXT, "it is better");

    assertThat(champions().at(NEXT)).contains("late");
    assertThat(champions().isByHand(NEXT)).isTrue();
    assertThat(champions().isByHand(NEXT.plusDays(1))).isFalse();
  }

  @Test
  void aRetiredVersionIsNeverUsedAgain() {
    trained(decision(MONDAY, "a", "a"));
    trained(decision(NEXT, "b", "b"));
    assertThatThrownBy(() -> log.retire("b", "bad"))
        .hasMessageContaining("b is the champion of model; roll back or promote another first");

    log.retire("a", "bad");

    assertThat(champions().retired()).containsExactly("a");
    assertThat(champions().at(NEXT)).contains("b");
    assertThat(champions().at(MONDAY)).as("of its old days neither").isEmpty();
    assertThat(champions().all()).containsExactly("b");
    assertThatThrownBy(() -> log.promote("a", NEXT, "again")).hasMessageContaining("is retired");
    trained(decision(NEXT, null, null));
    assertThat(champions().at(NEXT)).as("nor where the one after it is none any more").isEmpty();
  }

  @Test
  void aVersionWhoseSaveIsGoneIsNeitherPromotedNorGoneBackTo() {
    trained(decision(MONDAY, "a", "a"));
    log.promote("b", MONDAY, "better");
    log.promote("c", MONDAY, "better still");
    lake.deleteTree("models/test/model/b/saved");

    assertThatThrownBy(() -> log.promote("b", NEXT, "again"))
        .hasMessageContaining("its save and what it was learned from went")
        .hasMessageContaining("run 2020-01-06 again");
    assertThat(log.rollback("back").champion()).isEqualTo("a");
  }

  @Test
  void decisionsThatRaceAllCountOneAfterAnother() {
    List<Integer> weeks = IntStream.range(0, 20).boxed().toList();

    Concurrently.map(
        weeks, 8, week -> trained(decision(MONDAY.plusDays(7L * week), "a" + week, "a" + week)));

    assertThat(champions().promotions())
        .extracting(Promotion::number)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.rangeClosed(1, 20).mapToObj(Long::valueOf).toList());
    assertThat(champions().at(LocalDate.MAX)).contains("a19");
  }

  @Test
  void aTableDayThatIsMadeAsItWasHasItsChampionOfThen() {
    trained(decision(MONDAY, "a", "a"));
    log.promote("b", NEXT, "better");
    String then = champions().basis(NEXT);
    log.promote("c", NEXT, "better still");

    assertThat(Champions.then(then).before(NEXT)).contains("b");
    assertThat(Champions.then(then).isByHand(NEXT)).isTrue();
    assertThat(Champions.then("a").isByHand(NEXT)).isFalse();
    assertThat(Champions.then("").at(NEXT)).isEmpty();
  }

  @Test
  void ofTwoThatSaveAVersionAtOnceOneCounts() {
    ModelStore store = new ModelStore(lake, "test");
    List<String> kept =
        Concurrently.map(
            List.of("one", "two", "three", "four"),
            4,
            attempt ->
                store
                    .keep(
                        TestModels.record(
                            "test", "model", "raced", MONDAY, new TreeMap<>(), attempt))
                    .path());

    assertThat(kept).hasSize(4).containsOnly(store.existing("model", "raced").path());
  }

  private void keep(String version, LocalDate asOf) {
    ModelRecord record = TestModels.record("test", "model", version, asOf, new TreeMap<>());
    lake.overwrite(record.path() + "/metadata", new byte[] {1});
    new ModelStore(lake, "test").keep(record);
  }

  private Optional<String> trained(Promotion decision) {
    return log.trained(decision, champions());
  }

  private Champions champions() {
    return log.champions();
  }
}
