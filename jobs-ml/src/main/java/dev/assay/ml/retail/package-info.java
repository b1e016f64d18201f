/** The models of the retail pipeline. */
@NullMarked
package dev.assay.ml.retail;

import org.jspecify.annotations.NullMarked;
