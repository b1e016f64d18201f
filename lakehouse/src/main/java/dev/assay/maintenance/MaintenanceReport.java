package dev.assay.maintenance;

import java.time.Instant;
import java.util.List;

/**
 * What maintenance of a pipeline did.
 *
 * @param pipeline the pipeline
 * @param at when it began
 * @param release the newest release then: table-days that later ones publish are looked at next
 * @param withdrawnDays how many table-days were taken away, past their retention
 * @param removedReleases how many releases can be read no longer
 * @param removedLedgerObjects how many objects of the ledger went, and of what was made by
 * @param removedSaves how many saves of models went, which nothing loads
 * @param tables what was done to each table
 */
public record MaintenanceReport(
    String pipeline,
    Instant at,
    long release,
    int withdrawnDays,
    int removedReleases,
    int removedLedgerObjects,
    int removedSaves,
    List<MaintainedTable> tables) {}
