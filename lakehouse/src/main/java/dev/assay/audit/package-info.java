/** Evaluating a contract's checks on rows while they are written, and judging what came out. */
@NullMarked
package dev.assay.audit;

import org.jspecify.annotations.NullMarked;
