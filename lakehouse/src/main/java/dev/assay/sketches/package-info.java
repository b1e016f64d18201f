/**
 * Sketches of users as tables store them, read and united without Spark: an answer about a month
 * needs a hundred kilobytes of its files, and no session.
 */
@NullMarked
package dev.assay.sketches;

import org.jspecify.annotations.NullMarked;
