/** Which table-days are missing, stale or current and why, and what a run would do about it. */
@NullMarked
package dev.assay.plan;

import org.jspecify.annotations.NullMarked;
