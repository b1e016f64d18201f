/** Tables that are computed from others by a query or a class of conf, whatever their stage. */
@NullMarked
package dev.assay.mart;

import org.jspecify.annotations.NullMarked;
