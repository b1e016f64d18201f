/**
 * Statistical tests, computed from what a group can be summed up by, and the words to read them.
 */
@NullMarked
package dev.assay.gold.statistics;

import org.jspecify.annotations.NullMarked;
