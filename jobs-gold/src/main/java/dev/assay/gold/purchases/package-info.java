/** The marts of the purchases pipeline. */
@NullMarked
package dev.assay.gold.purchases;

import org.jspecify.annotations.NullMarked;
