/** Generated feeds: rows that look like a business's, and the truth about them. */
@NullMarked
package dev.assay.samples;

import org.jspecify.annotations.NullMarked;
