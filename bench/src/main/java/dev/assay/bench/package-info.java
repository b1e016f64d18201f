/** The benchmarks that run inside a JVM. */
@NullMarked
package dev.assay.bench;

import org.jspecify.annotations.NullMarked;
