/** The Spark session of a stage. */
@NullMarked
package dev.assay.session;

import org.jspecify.annotations.NullMarked;
