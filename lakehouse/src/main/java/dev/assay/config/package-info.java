/** Configuration: HOCON files to records, one a concern. */
@NullMarked
package dev.assay.config;

import org.jspecify.annotations.NullMarked;
