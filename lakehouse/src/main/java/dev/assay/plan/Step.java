package dev.assay.plan;

import dev.assay.config.TableDay;
import java.time.LocalDate;

/**
 * A table-day that a run settles: publishes it, takes it away, finds it unchanged, or records that
 * it has no data.
 *
 * @param tableDay the table-day
 * @param date the business date it is settled with: a date's table-days are published together
 * @param action what is done with it
 * @param reason why
 */
public record Step(TableDay tableDay, LocalDate date, Action action, String reason) {}
