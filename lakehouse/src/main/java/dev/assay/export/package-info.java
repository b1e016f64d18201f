/** Released rows as files for others: each whole, or not there. */
@NullMarked
package dev.assay.export;

import org.jspecify.annotations.NullMarked;
