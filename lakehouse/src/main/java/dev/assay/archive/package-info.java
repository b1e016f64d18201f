/** Rows that left their table for files of their own, a month a file. */
@NullMarked
package dev.assay.archive;

import org.jspecify.annotations.NullMarked;
