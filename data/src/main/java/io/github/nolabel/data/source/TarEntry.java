package io.github.nolabel.data.source;

/**
 * A file of an archive.
 *
 * @param path within the archive, with slashes
 * @param offset where its bytes start in the unpacked file
 */
record TarEntry(String path, long offset, int bytes) {}
