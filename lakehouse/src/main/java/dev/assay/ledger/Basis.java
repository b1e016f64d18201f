package dev.assay.ledger;

import java.util.SortedMap;

/**
 * What a table-day is made from, as fingerprints that are equal for equal content: if it is made
 * again of the same basis, it is the same.
 *
 * @param transform of the SQL and conf, or of what a class declares
 * @param inputs of the rows, or files, that are read, by the table or feed they come from
 */
public record Basis(String transform, SortedMap<String, String> inputs) {}
