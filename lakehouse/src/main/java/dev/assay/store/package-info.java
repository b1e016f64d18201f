/** The lake's object store: paths, conditional creates, credentials. */
@NullMarked
package dev.assay.store;

import org.jspecify.annotations.NullMarked;
