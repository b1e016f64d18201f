/** The marts of the ads pipeline. */
@NullMarked
package dev.assay.gold.ads;

import org.jspecify.annotations.NullMarked;
