/** Errors a person can act on, and the exit codes that tell their kinds. */
@NullMarked
package dev.assay.error;

import org.jspecify.annotations.NullMarked;
