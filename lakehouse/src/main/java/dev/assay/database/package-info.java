/** Feeds that are tables of relational databases: their state of now, landed as a file. */
@NullMarked
package dev.assay.database;

import org.jspecify.annotations.NullMarked;
