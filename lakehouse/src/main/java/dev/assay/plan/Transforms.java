package dev.assay.plan;

import dev.assay.config.TableContract;
import org.jspecify.annotations.Nullable;

/** What a table's rows follow from besides its inputs. */
@FunctionalInterface
public interface Transforms {

  /**
   * A text that is the same as long as the same inputs give the same rows; null of a table of
   * another stage than those that are there.
   */
  @Nullable String of(TableContract contract);
}
