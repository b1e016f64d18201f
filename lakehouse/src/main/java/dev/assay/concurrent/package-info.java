/** Doing several things at once. */
@NullMarked
package dev.assay.concurrent;

import org.jspecify.annotations.NullMarked;
