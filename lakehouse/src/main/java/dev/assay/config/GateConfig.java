package dev.assay.config;

import java.util.Set;

/**
 * What a challenger must pass to become champion.
 *
 * @param margin how much less its loss must be than the champion's, as a share of the champion's
 * @param psiLimit how far the values of a column may have moved since the champion was trained, as
 *     their population stability index; more than 0.25 is a shift by custom
 * @param settlingDays for how many days from the pipeline's start columns that moved are told and
 *     refuse nothing: a window that is not full yet moves by itself
 * @param moving columns that move by nature, and refuse nothing
 */
public record GateConfig(double margin, double psiLimit, int settlingDays, Set<String> moving) {}
