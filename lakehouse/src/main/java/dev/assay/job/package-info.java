/** What the stages share: their command line, exit codes and flow. */
@NullMarked
package dev.assay.job;

import org.jspecify.annotations.NullMarked;
