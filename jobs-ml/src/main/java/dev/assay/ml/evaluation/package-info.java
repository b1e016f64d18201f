/** How good what was learned is, on rows that it was not learned from. */
@NullMarked
package dev.assay.ml.evaluation;

import org.jspecify.annotations.NullMarked;
