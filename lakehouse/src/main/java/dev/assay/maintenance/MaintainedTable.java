package dev.assay.maintenance;

/**
 * What maintenance did to a table.
 *
 * @param table its name; a quarantine's ends with {@code (quarantine)}
 * @param compactedDays of how many table-days files were put together
 * @param removedFiles how many files went that nobody needs
 * @param freedBytes how many bytes they had
 * @param removedLogObjects how many objects of its log went
 */
public record MaintainedTable(
    String table, int compactedDays, long removedFiles, long freedBytes, int removedLogObjects) {}
