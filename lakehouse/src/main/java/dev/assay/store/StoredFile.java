package dev.assay.store;

/**
 * A file or an object in the lake.
 *
 * @param path its path below the folder that was looked into
 * @param length in bytes
 * @param modified when it was written, in milliseconds since 1970
 */
public record StoredFile(String path, long length, long modified) {}
