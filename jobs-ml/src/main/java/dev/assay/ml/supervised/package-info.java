/** Models that learn what examples were: a value, or yes or no. */
@NullMarked
package dev.assay.ml.supervised;

import org.jspecify.annotations.NullMarked;
