package dev.assay.job;

import dev.assay.config.AssayConfig;
import dev.assay.config.ConfigLoader;
import dev.assay.config.ConfigSource;
import dev.assay.config.Stage;
import dev.assay.config.TableDay;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.ledger.CodeVersion;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.Recipe;
import dev.assay.ledger.Recipes;
import dev.assay.ledger.TableDayState;
import dev.assay.ledger.TableDayState.Publication;
import dev.assay.plan.Scope;
import dev.assay.release.Release;
import dev.assay.release.ReleaseLog;
import dev.assay.store.LakeStore;
import dev.assay.store.StoreSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/**
 * Finds what published table-days were made from and by, so that they can be made again as they
 * were, whatever was published, configured or deployed since. Of the conf of now it reads only
 * where the lake is and how Spark runs.
 */
public final class AsWas {
  private final ConfigSource source;
  private final ReleaseLog log;
  private final Ledger ledger;
  private final Recipes recipes;

  /** Looks into the lake that a configuration is for. */
  public AsWas(ConfigSource source) {
    ConfigLoader.Place place = ConfigLoader.place(source);
    Configuration conf = StoreSettings.configuration(place.store());
    LakeStore lake = new LakeStore(place.lake().root(), conf);
    this.source = source;
    this.log = new ReleaseLog(lake, source.pipeline());
    this.ledger = Ledger.of(lake, source.pipeline());
    this.recipes = new Recipes(lake, source.pipeline());
  }

  /**
   * What a run makes again.
   *
   * @param remakings what it makes, by day, then stage
   * @param impossible what is published and cannot be made as it was
   */
  public record Found(List<Remaking> remakings, List<Impossible> impossible) {
    /**
     * What is made, if all of it can be.
     *
     * @throws AssayException with USAGE if not
     */
    public List<Remaking> all() {
      for (Impossible one : impossible) {
        throw new AssayException(ExitCode.USAGE, one.message());
      }
      return remakings;
    }
  }

  /**
   * What is published and cannot be made as it was.
   *
   * @param stage its stage
   * @param tableDay the table-day
   * @param why why not
   */
  public record Impossible(Stage stage, TableDay tableDay, String why) {
    /** The same in a sentence. */
    public String message() {
      return tableDay
          + " cannot be made as it was: "
          + why
          + "; without --inputs as-was it is made of what is there now";
    }
  }

  /** What table-days that are made together have in common. */
  private record Key(
      LocalDate day, Stage stage, long release, Recipe recipe, SortedMap<String, Long> inputs) {}

  /**
   * Finds what of a scope is published.
   *
   * @throws AssayException with NO_DATA if nothing is; with USAGE if there is no such table
   */
  public Found find(Scope scope) {
    Map<String, Release.TableVersion> seen = log.latest().map(Release::tables).orElse(Map.of());
    requirePublished(scope, seen.keySet());
    Map<Long, String> gone = new HashMap<>();
    Map<Key, Map<TableDay, Publication>> grouped = new LinkedHashMap<>();
    List<Impossible> impossible = new ArrayList<>();
    for (TableDayState state : ledger.state().ended()) {
      Publication published = state.published();
      TableDay tableDay = state.tableDay();
      Release.TableVersion table = seen.get(tableDay.table().table());
      if (published == null || table == null || !scope.has(table.stage(), tableDay)) {
        continue;
      }
      Recipe recipe = published.recipe();
      String why =
          recipe == null
              ? "it was published before the conf and the JAR that make a table-day were kept"
              : gone.computeIfAbsent(recipe.release(), this::whyGone);
      if (recipe == null || !why.isEmpty()) {
        impossible.add(new Impossible(table.stage(), tableDay, why));
        continue;
      }
      SortedMap<String, Long> inputs = new TreeMap<>(published.inputs());
      grouped
          .computeIfAbsent(
              new Key(tableDay.day(), table.stage(), published.release(), recipe, inputs),
              key -> new LinkedHashMap<>())
          .put(tableDay, published);
    }
    if (grouped.isEmpty() && impossible.isEmpty()) {
      throw new AssayException(
          ExitCode.NO_DATA, "nothing of that is published, so nothing can be made as it was");
    }
    return new Found(remakings(grouped), impossible);
  }

  private static List<Remaking> remakings(Map<Key, Map<TableDay, Publication>> grouped) {
    return grouped.entrySet().stream()
        .map(
            group -> {
              Key key = group.getKey();
              return new Remaking(
                  key.stage(),
                  key.day(),
                  key.release(),
                  key.recipe(),
                  key.inputs(),
                  group.getValue());
            })
        .sorted(
            Comparator.comparing(Remaking::day)
                .thenComparing(Remaking::stage)
                .thenComparing(Remaking::release))
        .toList();
  }

  private static void requirePublished(Scope scope, Set<String> tables) {
    for (String table : scope.tables()) {
      if (!tables.contains(table)) {
        throw new AssayException(
            ExitCode.USAGE, "no table '" + table + "' is published; there are " + tables);
      }
    }
  }

  private String whyGone(long release) {
    return release == 0 || log.sealed(release).isPresent()
        ? ""
        : "the release that it was made from, " + release + ", is older than retention.releases";
  }

  /**
   * The configuration that they were made by; where the lake is and how Spark runs is of now.
   *
   * @throws AssayException with USAGE if it is not there any more
   */
  public AssayConfig config(Remaking remaking) {
    String conf =
        recipes
            .confOf(remaking.recipe())
            .orElseThrow(() -> gone(remaking, "the conf " + remaking.recipe().conf()));
    return ConfigLoader.asWas(source, conf);
  }

  /**
   * The JAR that they were made by, in a folder.
   *
   * @throws AssayException with USAGE if it is not there any more
   */
  public Path jar(Remaking remaking, Path folder) {
    byte[] content =
        recipes
            .jarOf(remaking.recipe())
            .orElseThrow(
                () ->
                    gone(
                        remaking,
                        remaking.recipe().code()
                            + " ("
                            + recipes.placeOf(remaking.recipe())
                            + ")"));
    if (!CodeVersion.isOf(remaking.recipe().code(), content)) {
      throw gone(remaking, remaking.recipe().code() + ", of which the copy is spoiled");
    }
    try {
      return Files.write(folder.resolve(remaking.recipe().code().split(" ", 2)[0]), content);
    } catch (IOException e) {
      throw new UncheckedIOException("could not write the JAR to " + folder, e);
    }
  }

  private static AssayException gone(Remaking remaking, String what) {
    return new AssayException(
        ExitCode.USAGE,
        remaking.made().keySet().iterator().next()
            + " was made by "
            + what
            + ", which is no longer there, so it cannot be made as it was; put it back, or make it"
            + " of what is there now, without --inputs as-was");
  }
}
