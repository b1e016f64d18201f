package dev.assay.model;

import java.util.List;

/**
 * How the values of a column were spread when a model was trained, so that it can be told whether
 * they still are.
 *
 * @param column the column; what the model said is {@code (score)}
 * @param edges of a number: the upper ends of all bins but the last, in order
 * @param values of a category: the value of each bin but the last, which has all others
 * @param shares the share of each bin; one more at the end, of rows without a value
 * @param rows how many rows they are shares of
 */
public record Profile(
    String column, List<Double> edges, List<String> values, List<Double> shares, long rows) {}
