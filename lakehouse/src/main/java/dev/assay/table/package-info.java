/** Reading, writing, auditing and publishing table-days. */
@NullMarked
package dev.assay.table;

import org.jspecify.annotations.NullMarked;
