package dev.assay.maintenance;

import dev.assay.config.AssayConfig;
import dev.assay.config.PipelineConfig;
import dev.assay.config.TableContract;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.LedgerState;
import dev.assay.ledger.Recipe;
import dev.assay.ledger.Recipes;
import dev.assay.ledger.TableDayState;
import dev.assay.release.ExpiredDays;
import dev.assay.release.Intent;
import dev.assay.release.Release;
import dev.assay.release.ReleaseLog;
import dev.assay.store.Json;
import dev.assay.store.LakeStore;
import dev.assay.table.Quarantine;
import dev.assay.table.TableCommits;
import dev.assay.table.TableLayout;
import dev.assay.table.TableLog;
import dev.assay.table.TableUpkeep;
import dev.assay.table.TableVersions;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * Keeps a pipeline's part of a lake fast and small. What a release in retention or a model needs
 * stays: every version of a table from the oldest release on, and each that a model was learned
 * from. It may run beside stages: a file is only removed once it is older than any run.
 */
public final class Maintenance {
  private static final String ROOT = "_assay/maintenance/";

  private final AssayConfig config;
  private final LakeStore lake;
  private final TableUpkeep upkeep;
  private final TableVersions versions;
  private final TableCommits commits;

  public Maintenance(SparkSession spark, AssayConfig config) {
    this.config = config;
    this.lake = new LakeStore(config.lake().root(), spark.sessionState().newHadoopConf());
    this.upkeep = new TableUpkeep(spark, lake);
    this.versions = new TableVersions(lake);
    this.commits = new TableCommits(lake);
  }

  /**
   * Does all that is due.
   *
   * @param now the time that ages are counted to
   * @param runId what to call this run in ledger and releases
   */
  public MaintenanceReport run(Instant now, String runId) {
    PipelineConfig pipeline = config.pipeline();
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    Ledger ledger = Ledger.of(lake, pipeline.name());
    LedgerState before = ledger.state();
    new ExpiredDays(lake, pipeline).withdraw(today, runId);
    LedgerState known = ledger.state();
    ReleaseLog log = new ReleaseLog(lake, pipeline.name());
    // A rollback to one that goes now may have begun: its files go with the next maintenance.
    Instant retained = now.minus(config.lake().releaseRetention());
    ModelUpkeep models = new ModelUpkeep(lake, pipeline.name());
    Pins pins = new Pins(log.kept(), models.kept(retained));
    Optional<Release> oldest = oldest(pins.releases(), now);
    int releases = oldest.map(release -> log.removeBefore(release.number())).orElse(0);
    long since = last(pipeline).map(MaintenanceReport::release).orElse(0L);
    List<MaintainedTable> maintained = new ArrayList<>();
    for (TableContract contract : pipeline.tables().values()) {
      table(contract, pins, published(contract, known, since)).ifPresent(maintained::add);
      quarantine(contract, today).ifPresent(maintained::add);
    }
    MaintenanceReport report =
        new MaintenanceReport(
            pipeline.name(),
            now,
            known.newestRelease(),
            Math.toIntExact(publishedDays(before) - publishedDays(known)),
            releases,
            oldest
                .map(release -> recipes(release, now) + ledger.compact(release.number()))
                .orElse(0),
            models.remove(retained, now.minus(config.lake().fileRetention())),
            maintained);
    keep(report);
    return report;
  }

  /** Removes what nothing can be made by again, since what it was made from is kept no longer. */
  private int recipes(Release oldest, Instant now) {
    String pipeline = config.pipeline().name();
    LedgerState known = Ledger.of(lake, pipeline).state();
    List<Intent> kept =
        new ReleaseLog(lake, pipeline).intents(oldest.number() - 1, known.newestRelease());
    List<Recipe> needed =
        Stream.concat(
                known.ended().stream()
                    .map(TableDayState::published)
                    .filter(Objects::nonNull)
                    .map(TableDayState.Publication::recipe),
                kept.stream()
                    .flatMap(intent -> intent.replacements().stream())
                    .map(Intent.Replacement::recipe))
            .filter(Objects::nonNull)
            .filter(recipe -> recipe.release() == 0 || recipe.release() >= oldest.number())
            .distinct()
            .toList();
    return new Recipes(lake, pipeline)
        .removeAllBut(needed, now.minus(config.lake().releaseRetention()));
  }

  private static long publishedDays(LedgerState state) {
    return state.ended().stream().filter(one -> one.published() != null).count();
  }

  /** The oldest release that was the newest within the retention. */
  private Optional<Release> oldest(List<Release> releases, Instant now) {
    Instant since = now.minus(config.lake().releaseRetention());
    for (int i = 0; i + 1 < releases.size(); i++) {
      if (!releases.get(i + 1).sealedAt().isBefore(since)) {
        return Optional.of(releases.get(i));
      }
    }
    return releases.isEmpty() ? Optional.empty() : Optional.of(releases.get(releases.size() - 1));
  }

  /** The days of a table that were published after a release. */
  private static Set<String> published(TableContract contract, LedgerState known, long release) {
    Set<String> days = new TreeSet<>();
    for (TableDayState state : known.ended()) {
      if (state.tableDay().table().equals(contract.name())
          && state.published() != null
          && state.published().release() > release) {
        days.add(state.tableDay().day().toString());
      }
    }
    return days;
  }

  private Optional<MaintainedTable> table(
      TableContract contract, Pins pins, Set<String> published) {
    TableLayout layout = TableLayout.of(contract);
    long newest = commits.newestVersion(layout);
    if (newest < 0) {
      return Optional.empty();
    }
    String name = contract.name().table();
    int compacted = compact(contract, layout, newest, published);
    SortedSet<Long> ofReleases = pins.ofReleases(name);
    SortedSet<Long> ofModels = pins.ofModels(name);
    return Optional.of(
        removed(
            contract.name().toString(),
            layout,
            ofReleases.isEmpty() ? newest : ofReleases.first(),
            ofModels,
            compacted));
  }

  private int compact(
      TableContract contract, TableLayout layout, long newest, Set<String> published) {
    if (published.isEmpty()) {
      return 0;
    }
    List<String> days =
        versions.files(layout, newest).entrySet().stream()
            .filter(day -> published.contains(day.getKey()) && day.getValue().size() > 1)
            .map(Map.Entry::getKey)
            .toList();
    return !days.isEmpty() && upkeep.compact(layout, days, contract.upkeep().zOrder())
        ? days.size()
        : 0;
  }

  private Optional<MaintainedTable> quarantine(TableContract contract, LocalDate today) {
    TableLayout layout = Quarantine.layout(contract);
    String name = contract.name() + " (quarantine)";
    long newest = commits.newestVersion(layout);
    if (newest < 0) {
      // Of attempts that ended before the first that had rows to keep.
      TableUpkeep.Removed left = upkeep.clear(layout, config.lake().fileRetention());
      return left.files() == 0
          ? Optional.empty()
          : Optional.of(new MaintainedTable(name, 0, left.files(), left.bytes(), 0));
    }
    for (String day : versions.files(layout, newest).keySet()) {
      if (contract.upkeep().isExpired(LocalDate.parse(day), today)) {
        commits.exchange(layout, day, file -> true, List.of(), "past its retention");
      }
    }
    return Optional.of(removed(name, layout, commits.newestVersion(layout), new TreeSet<>(), 0));
  }

  /** Removes what no version from the oldest on needs, and none of those that are pinned. */
  private MaintainedTable removed(
      String name, TableLayout layout, long oldest, SortedSet<Long> pinned, int compacted) {
    TableLog log = new TableLog(lake, layout);
    Set<String> needed = new HashSet<>(paths(layout, oldest));
    needed.addAll(log.added(oldest, commits.newestVersion(layout)));
    // Of a version that was trimmed before a model had it again nothing is left to keep.
    SortedSet<Long> kept = new TreeSet<>(pinned.stream().filter(log::has).toList());
    kept.headSet(oldest).forEach(version -> needed.addAll(paths(layout, version)));
    TableUpkeep.Removed removed = upkeep.vacuum(layout, needed, config.lake().fileRetention());
    long first = kept.isEmpty() ? oldest : Math.min(oldest, kept.first());
    int trimmed = log.trim(first, Instant.now().minus(config.lake().fileRetention()));
    return new MaintainedTable(name, compacted, removed.files(), removed.bytes(), trimmed);
  }

  private List<String> paths(TableLayout layout, long version) {
    SortedMap<String, List<String>> files = versions.files(layout, version);
    return files.values().stream().flatMap(List::stream).map(TableVersions::pathOf).toList();
  }

  private Optional<MaintenanceReport> last(PipelineConfig pipeline) {
    List<String> names = lake.names(ROOT + pipeline.name());
    return names.isEmpty()
        ? Optional.empty()
        : lake.read(ROOT + pipeline.name() + "/" + names.get(names.size() - 1))
            .map(json -> Json.read(json, MaintenanceReport.class, ROOT + pipeline.name()));
  }

  /** Numbered by its release: what is published after it is looked at next. */
  private void keep(MaintenanceReport report) {
    lake.overwrite(
        ROOT
            + report.pipeline()
            + "/"
            + String.format(Locale.ROOT, "%010d", report.release())
            + ".json",
        Json.bytes(report));
  }
}
