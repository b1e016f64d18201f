package dev.assay.plan;

import dev.assay.config.TableDay;

/**
 * A table-day's state.
 *
 * @param tableDay the table-day
 * @param state its state
 * @param why which input, which transform, which failure
 * @param ready whether its inputs are there, so that it can be made
 * @param byInputs whether it is stale because of its inputs
 */
public record TableDayStatus(
    TableDay tableDay, State state, String why, boolean ready, boolean byInputs) {}
