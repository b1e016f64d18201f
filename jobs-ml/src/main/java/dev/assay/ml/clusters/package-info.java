/** Models that part rows into clusters. */
@NullMarked
package dev.assay.ml.clusters;

import org.jspecify.annotations.NullMarked;
