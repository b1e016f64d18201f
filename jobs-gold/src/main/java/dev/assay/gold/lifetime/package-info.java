/**
 * Models of how often customers come back and what they spend, by the papers that they are from.
 */
@NullMarked
package dev.assay.gold.lifetime;

import org.jspecify.annotations.NullMarked;
