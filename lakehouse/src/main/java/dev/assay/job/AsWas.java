package dev.assay.job;

import dev.assay.config.AssayConfig;
import dev.assay.config.ConfigLoader;
import dev.assay.config.ConfigSource;
import dev.assay.config.Stage;
import dev.assay.config.TableDay;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/**
 * Finds what published table-days were made from and by, so that they can be made again as they
 * were, whatever was published, configured or deployed since. It reads nothing of the pipeline's
 * conf of now.
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

  /** What table-days of the same attempt have in common. */
  private record Key(
      Stage stage, LocalDate day, long release, Recipe recipe, SortedMap<String, Long> inputs) {}

  /**
   * What a run makes again: what of its scope is published.
   *
   * @throws AssayException with NO_DATA if nothing is; with USAGE if it is not known how it was
   *     made
   */
  public List<Remaking> remakings(Scope scope) {
    Map<String, Release.TableVersion> seen = log.latest().map(Release::tables).orElse(Map.of());
    Map<Key, Map<TableDay, Publication>> grouped = new LinkedHashMap<>();
    for (TableDayState state : ledger.state().ended()) {
      Publication published = state.published();
      TableDay tableDay = state.tableDay();
      Release.TableVersion table = seen.get(tableDay.table().table());
      if (published != null && table != null && scope.has(table.stage(), tableDay)) {
        Key key =
            new Key(
                table.stage(),
                tableDay.day(),
                published.release(),
                recipe(tableDay, published),
                new TreeMap<>(published.inputs()));
        grouped.computeIfAbsent(key, any -> new LinkedHashMap<>()).put(tableDay, published);
      }
    }
    if (grouped.isEmpty()) {
      throw new AssayException(
          ExitCode.NO_DATA,
          "nothing of "
              + source.pipeline()
              + " is published that could be made as it was; without --inputs as-was it is made of"
              + " what is there now");
    }
    List<Remaking> remakings = new ArrayList<>();
    grouped.forEach(
        (key, made) ->
            remakings.add(
                new Remaking(
                    key.stage(), key.day(), key.release(), key.recipe(), key.inputs(), made)));
    remakings.sort(
        Comparator.comparing(Remaking::day)
            .thenComparing(Remaking::stage)
            .thenComparing(Remaking::release));
    return remakings;
  }

  private static Recipe recipe(TableDay tableDay, Publication published) {
    if (published.recipe() == null || published.basis() == null) {
      throw new AssayException(
          ExitCode.USAGE,
          tableDay
              + " was published before the conf and the JAR that make a table-day were kept, so it"
              + " cannot be made as it was; without --inputs as-was it is made of what is there"
              + " now");
    }
    return published.recipe();
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
