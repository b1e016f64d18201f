package dev.assay.audit;

/**
 * The rows of a group.
 *
 * @param rows how many
 * @param contentHash of them: equal for equal rows in any order
 */
public record GroupAccount(long rows, String contentHash) {}
