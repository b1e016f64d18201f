package dev.assay.maintenance;

import dev.assay.config.Derivation;
import dev.assay.config.PipelineConfig;
import dev.assay.config.TableName;
import dev.assay.ledger.LedgerState;
import dev.assay.ledger.TableDayState;
import dev.assay.release.Release;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which versions of a table must stay readable.
 *
 * @param pipeline the pipeline
 * @param releases the releases that are kept, oldest first
 * @param ledger what is published
 */
record Pins(PipelineConfig pipeline, List<Release> releases, LedgerState ledger) {

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

  /** The versions that models were learned from which are still scored with, or may be. */
  SortedSet<Long> ofModels(String table) {
    String name = new TableName(pipeline.name(), table).toString();
    SortedSet<Long> versions = new TreeSet<>();
    for (TableDayState state : ledger.ended()) {
      TableDayState.Publication published = state.published();
      if (published != null && isLearned(state.tableDay().table().table())) {
        Long version = published.inputs().get(name);
        if (version != null) {
          versions.add(version);
        }
      }
    }
    return versions;
  }

  private boolean isLearned(String table) {
    return pipeline.tables().containsKey(table)
        && pipeline.table(table).derivation() instanceof Derivation.Modelled modelled
        && pipeline.model(modelled.model()).learned().contains(table);
  }
}
