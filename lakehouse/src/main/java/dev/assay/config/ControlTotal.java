package dev.assay.config;

/**
 * A total of a mart that must equal a total of its input on the same day.
 *
 * @param total the name of the mart's total
 * @param input the input table's name within the pipeline
 * @param inputTotal the name of the input's total
 */
public record ControlTotal(String total, String input, String inputTotal) {}
