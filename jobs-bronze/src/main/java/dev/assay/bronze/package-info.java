/** The bronze stage: a feed's rows exactly as received, and where each came from. */
@NullMarked
package dev.assay.bronze;

import org.jspecify.annotations.NullMarked;
