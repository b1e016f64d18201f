/** The marts of the retail pipeline. */
@NullMarked
package dev.assay.gold.retail;

import org.jspecify.annotations.NullMarked;
