/** Rows as SQL of conf says them. */
@NullMarked
package dev.assay.query;

import org.jspecify.annotations.NullMarked;
