/** Quality assertions on rows and table-days. */
@NullMarked
package dev.assay.checks;

import org.jspecify.annotations.NullMarked;
