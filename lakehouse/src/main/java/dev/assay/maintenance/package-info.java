/** What keeps a lake fast and small: files, logs and records that nobody needs go. */
@org.jspecify.annotations.NullMarked
package dev.assay.maintenance;
