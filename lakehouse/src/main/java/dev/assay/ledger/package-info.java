/** The append-only record of attempts and what became of them. */
@NullMarked
package dev.assay.ledger;

import org.jspecify.annotations.NullMarked;
