package io.kandjietl.lake;

/**
 * A file that is in the lake, whole and visible.
 *
 * @param entity what its rows are: {@code devices} or {@code assignments}
 * @param path relative to the lake's root, with slashes
 * @param rows how many rows it has
 * @param bytes its size
 * @param sha256 of its bytes, in lower-case hexadecimal
 */
public record LakeFile(String entity, String path, long rows, long bytes, String sha256) {}
