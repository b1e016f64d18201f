/** Releases: immutable maps from tables to Delta versions, and how readers see them. */
@NullMarked
package dev.assay.release;

import org.jspecify.annotations.NullMarked;
