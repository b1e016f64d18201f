/** Models that say which items are for whom. */
@NullMarked
package dev.assay.ml.recommendation;

import org.jspecify.annotations.NullMarked;
