/** Models that were trained: their records, and which of them is champion on which day. */
@NullMarked
package dev.assay.model;

import org.jspecify.annotations.NullMarked;
