package dev.assay.plan;

import dev.assay.config.TableContract;

/** What a table's rows follow from besides its inputs. */
@FunctionalInterface
public interface Transforms {

  /** A text that is the same as long as the same inputs give the same rows. */
  String of(TableContract contract);
}
