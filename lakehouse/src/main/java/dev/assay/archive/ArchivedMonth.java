package dev.assay.archive;

import java.time.YearMonth;

/**
 * A month of a table that left it for the archive.
 *
 * @param table the table's name
 * @param month the month
 * @param file its file below the lake's root
 * @param days how many table-days the table had of it
 * @param rows how many rows the file has
 * @param written whether it was written now; else it was there, with these rows
 */
public record ArchivedMonth(
    String table, YearMonth month, String file, int days, long rows, boolean written) {}
