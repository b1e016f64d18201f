package dev.assay.ledger;

/**
 * What table-days were made from and by.
 *
 * @param code the name and hash of the JAR, as {@link CodeVersion} has it
 * @param conf the hash of the pipeline's conf, as {@link Recipes} keeps it
 * @param release the release that was read; 0 before a pipeline's first
 */
public record Recipe(String code, String conf, long release) {}
