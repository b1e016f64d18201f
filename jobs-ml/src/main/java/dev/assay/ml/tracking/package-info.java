/** Who is told of trainings besides the lake. */
@NullMarked
package dev.assay.ml.tracking;

import org.jspecify.annotations.NullMarked;
