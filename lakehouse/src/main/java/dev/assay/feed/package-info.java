/** Which files of a feed landed for a day. */
@NullMarked
package dev.assay.feed;

import org.jspecify.annotations.NullMarked;
