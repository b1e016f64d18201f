package dev.assay.job;

import dev.assay.ledger.LedgerState;
import dev.assay.model.Champions;
import dev.assay.release.Release;
import dev.assay.release.ReleaseInputs;
import java.util.Optional;
import java.util.function.Function;

/**
 * What readers see, and what the ledger knows of it.
 *
 * @param release the release; empty before a pipeline's first
 * @param ledger what was known when it was the newest
 */
record Seen(Optional<Release> release, LedgerState ledger) {

  /** What they see now. */
  static Seen now(PipelineLake lake) {
    while (true) {
      Optional<Release> latest = lake.releases().latestCompleted();
      LedgerState known = lake.ledger().state();
      if (known.newestRelease() <= latest.map(Release::number).orElse(0L)) {
        return new Seen(latest, known);
      }
      // Something was published between the two looks.
    }
  }

  /** What they saw once a release was sealed; nothing of release 0. */
  static Seen of(PipelineLake lake, long release) {
    return new Seen(
        release == 0 ? Optional.empty() : Optional.of(lake.log().existing(release)),
        lake.ledger().asOf(release));
  }

  /** The release's number, 0 for none. */
  long number() {
    return release.map(Release::number).orElse(0L);
  }

  /**
   * The tables as the release has them.
   *
   * @param champions the champions of a model, by its name
   */
  ReleaseInputs inputs(PipelineLake lake, Function<String, Champions> champions) {
    return new ReleaseInputs(
        lake.config().pipeline(),
        release,
        lake.tables(),
        lake.versions(),
        lake.commits(),
        ledger,
        champions);
  }
}
