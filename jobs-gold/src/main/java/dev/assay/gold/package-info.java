/** The gold stage: marts aggregated from silver. */
@NullMarked
package dev.assay.gold;

import org.jspecify.annotations.NullMarked;
