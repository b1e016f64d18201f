/** Landed text read as a contract's types, and of which day each row is. */
@NullMarked
package dev.assay.typed;

import org.jspecify.annotations.NullMarked;
