package dev.assay.cli;

import dev.assay.archive.Archive;
import dev.assay.config.TableContract;
import dev.assay.ledger.Ledger;
import dev.assay.release.Release;
import dev.assay.sketches.SketchFile;
import dev.assay.sketches.StoredSketch;
import dev.assay.store.LakeStore;
import dev.assay.table.TableLayout;
import dev.assay.table.TableVersions;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;

/**
 * The sketches of a window in a release: in files of the table, and of the archive.
 *
 * @param files which have some of the window's days
 * @param conf of the store that has them
 */
record StoredSketches(List<SketchFile> files, Configuration conf) {
  /** Where a table's sketches are. */
  static StoredSketches of(
      LakeStore lake, TableContract contract, Release release, UniquesWindow window) {
    List<SketchFile> files = new ArrayList<>();
    TableLayout layout = TableLayout.of(contract);
    long version = Objects.requireNonNull(release.tables().get(contract.name().table())).version();
    new TableVersions(lake)
        .files(layout, version)
        .subMap(window.firstDay().toString(), window.lastDay().plusDays(1).toString())
        .forEach(
            (day, actions) ->
                actions.forEach(
                    action -> {
                      String path = layout.folder() + "/" + TableVersions.pathOf(action);
                      Set<LocalDate> ofDay = Set.of(LocalDate.parse(day));
                      files.add(new SketchFile(lake.path(path), ofDay, null));
                    }));
    new Archive(lake, contract)
        .archived(
            Ledger.of(lake, release.pipeline()).asOf(release.number()),
            window.firstDay(),
            window.lastDay())
        .forEach(
            (path, days) -> files.add(new SketchFile(lake.path(path), days, contract.partition())));
    return new StoredSketches(files, lake.conf());
  }

  /** How many days of the window have sketches. */
  long days() {
    Set<LocalDate> days = new TreeSet<>();
    files.forEach(file -> days.addAll(file.days()));
    return days.size();
  }

  /** Hands out those that a question's window is made of, several at once and in any order. */
  void forEach(UniquesQuestion question, Consumer<StoredSketch> sketches) {
    SketchFile.forEach(
        files,
        conf,
        file -> wanted(file, question),
        sketch -> {
          if (question.window().isMadeOf(sketch)) {
            sketches.accept(sketch);
          }
        });
  }

  private static SketchFile.Wanted wanted(SketchFile file, UniquesQuestion question) {
    Set<String> grains = new TreeSet<>();
    file.days().forEach(day -> grains.add(question.window().grain(day)));
    return new SketchFile.Wanted(
        question.dimension(),
        question.value(),
        grains.size() == 1 ? grains.iterator().next() : null);
  }
}
