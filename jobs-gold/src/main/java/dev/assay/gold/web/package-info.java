/** The marts of the web pipeline that are not SQL. */
@NullMarked
package dev.assay.gold.web;

import org.jspecify.annotations.NullMarked;
