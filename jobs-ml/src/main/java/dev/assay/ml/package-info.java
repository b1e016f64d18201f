/** The ml stage: models trained on gold, and what they say. */
@NullMarked
package dev.assay.ml;

import org.jspecify.annotations.NullMarked;
