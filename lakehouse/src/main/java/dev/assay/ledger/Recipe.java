package dev.assay.ledger;

/**
 * By what table-days are made besides their inputs.
 *
 * @param code the name and hash of the JAR, as {@link CodeVersion} has it
 * @param conf the hash of the pipeline's conf, as {@link Recipes} keeps it
 */
public record Recipe(String code, String conf) {}
