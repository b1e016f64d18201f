/** The silver stage: bronze rows typed, deduplicated and checked, by what conf declares. */
@NullMarked
package dev.assay.silver;

import org.jspecify.annotations.NullMarked;
