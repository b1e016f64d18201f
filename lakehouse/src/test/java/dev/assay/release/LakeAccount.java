package dev.assay.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.concurrent.Concurrently;
import dev.assay.ledger.Outcome;
import dev.assay.store.Json;
import dev.assay.store.LakeStore;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Every object that says what was published of the pipeline {@code test} and its one table {@code
 * sales}, read one by one, without the code that publishes.
 *
 * @param intents what was decided, in the order of the releases
 * @param sealed the releases
 * @param published the ledger's records of what was published, in the order of the attempts
 * @param ended the ledger's records of what was not
 * @param commits the versions of the table's log that hold rows, in order
 */
record LakeAccount(
    List<Intent> intents,
    List<Release> sealed,
    List<Outcome> published,
    List<Outcome> ended,
    List<Commit> commits) {
  private static final String LOG = "gold/test/sales/_delta_log";
  private static final int READS_AT_ONCE = 8;

  /**
   * A version of the table's log.
   *
   * @param run the run that its rows are of
   * @param release the release it belongs to, 0 for none
   */
  record Commit(long version, String run, long release) {}

  static LakeAccount of(LakeStore lake) {
    String releases = "_assay/releases/test";
    String ledger = "_assay/ledger/test";
    return new LakeAccount(
        read(lake, releases, "-intent.json", json -> Json.read(json, Intent.class, releases)),
        read(lake, releases, "-sealed.json", json -> Json.read(json, Release.class, releases)),
        read(lake, ledger, "-published.json", json -> Json.read(json, Outcome.class, ledger)),
        read(lake, ledger, "-ended.json", json -> Json.read(json, Outcome.class, ledger)),
        commits(lake));
  }

  /** The table's log; versions without gaps, of which only the first holds no rows. */
  static List<Commit> commits(LakeStore lake) {
    List<String> names = names(lake, LOG, name -> name.matches("[0-9]{20}[.]json"));
    assertThat(names.stream().map(name -> Long.parseLong(name.substring(0, 20))))
        .as("versions of the log")
        .containsExactlyElementsOf(
            LongStream.range(0, names.size()).boxed().collect(Collectors.toList()));
    return Concurrently.map(
        names.subList(1, names.size()), READS_AT_ONCE, name -> commit(lake, name));
  }

  private static Commit commit(LakeStore lake, String name) {
    String lines = new String(lake.read(LOG + "/" + name).orElseThrow(), StandardCharsets.UTF_8);
    JsonNode info =
        lines
            .lines()
            .map(Json::tree)
            .filter(action -> action.has("commitInfo"))
            .findFirst()
            .orElseThrow()
            .path("commitInfo");
    JsonNode note = Json.tree(info.path("userMetadata").asText());
    return new Commit(
        Long.parseLong(name.substring(0, 20)),
        note.path("run").asText(),
        note.path("release").asLong());
  }

  private static <T> List<T> read(
      LakeStore lake, String folder, String ending, Function<byte[], T> parse) {
    return Concurrently.map(
        names(lake, folder, name -> name.endsWith(ending)),
        READS_AT_ONCE,
        name -> parse.apply(lake.read(folder + "/" + name).orElseThrow()));
  }

  private static List<String> names(LakeStore lake, String folder, Predicate<String> which) {
    return lake.names(folder).stream().filter(which).toList();
  }

  /** Every publication is in one intent, one release, one record and one commit, the same ones. */
  void requireWhole() {
    List<Long> numbers = LongStream.rangeClosed(1, sealed.size()).boxed().toList();
    assertThat(sealed.stream().map(Release::number)).as("releases").isEqualTo(numbers);
    assertThat(intents.stream().map(Intent::number)).as("intents").isEqualTo(numbers);
    List<String> runs = sealed.stream().map(Release::runId).toList();
    assertThat(runs).as("runs that published").doesNotHaveDuplicates();
    assertThat(intents.stream().map(Intent::runId)).as("runs of intents").isEqualTo(runs);
    assertThat(commits.stream().map(Commit::run)).as("runs of commits").isEqualTo(runs);
    assertThat(commits.stream().map(Commit::release)).as("their releases").isEqualTo(numbers);
    assertThat(sealed.stream().map(release -> release.tables().get("sales").version()))
        .as("the releases' versions")
        .isEqualTo(commits.stream().map(Commit::version).toList());
    assertThat(
            published.stream().map(one -> one.runId() + " " + one.release() + " " + version(one)))
        .as("the ledger's runs, releases and versions")
        .containsExactlyInAnyOrderElementsOf(
            commits.stream()
                .map(commit -> commit.run() + " " + commit.release() + " " + commit.version())
                .toList());
  }

  private static Long version(Outcome outcome) {
    assertThat(outcome.tableDays()).hasSize(1);
    return outcome.tableDays().get(0).version();
  }
}
