package dev.assay.maintenance;

import dev.assay.model.ModelRecord;
import dev.assay.release.Release;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which versions of a table must stay readable.
 *
 * @param releases the releases that are kept, oldest first
 * @param models the models that are still scored with, or may be
 */
record Pins(List<Release> releases, List<ModelRecord> models) {

  /** The versions that releases have of a table. */
  SortedSet<Long> ofReleases(String table) {
    SortedSet<Long> versions = new TreeSet<>();
    for (Release release : releases) {
      Release.TableVersion version = release.tables().get(table);
      if (version != null) {
        versions.add(version.version());
      }
    }
    return versions;
  }

  /** The versions that models were learned from. */
  SortedSet<Long> ofModels(String table) {
    SortedSet<Long> versions = new TreeSet<>();
    for (ModelRecord model : models) {
      ModelRecord.Input input = model.inputs().get(table);
      if (input != null) {
        versions.add(input.version());
      }
    }
    return versions;
  }
}
