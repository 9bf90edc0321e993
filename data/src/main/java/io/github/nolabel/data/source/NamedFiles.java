package io.github.nolabel.data.source;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.file.FileInput;
import io.github.nolabel.data.SourceAddress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/** Small known files of a folder (at most two levels down) or of a tar archive, read whole. */
final class NamedFiles {

  /** More than any file of the data sets that are read this way. */
  private static final int LARGEST = 1 << 30;

  private NamedFiles() {}

  /**
   * Contents by plain file name.
   *
   * @throws UserMistake if the folder or archive cannot be read
   */
  static Map<String, byte[]> read(SourceAddress address, Predicate<String> wanted) {
    Path path = address.existing();
    try {
      return Files.isDirectory(path)
          ? ofFolder(address.text(), path, wanted)
          : ofArchive(address.text(), path, wanted);
    } catch (IOException | IllegalArgumentException e) {
      throw new UserMistake(
          "Data source '%s': '%s' cannot be read%s: %s."
              .formatted(
                  address.text(),
                  address.path(),
                  Files.isDirectory(path) ? "" : " as a tar archive (plain or gzip)",
                  e.getMessage()),
          e);
    }
  }

  private static Map<String, byte[]> ofFolder(String source, Path folder, Predicate<String> wanted)
      throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (Path file : FileTree.of(source, folder, 2, () -> {}).files().stream().sorted().toList()) {
      String name = String.valueOf(file.getFileName());
      if (wanted.test(name) && !files.containsKey(name)) {
        try (InputStream input = FileInput.open(file)) {
          files.put(name, BoundedFiles.readAll(input, LARGEST));
        }
      }
    }
    return files;
  }

  private static Map<String, byte[]> ofArchive(
      String source, Path archive, Predicate<String> wanted) throws IOException {
    Map<String, byte[]> paths = new LinkedHashMap<>();
    TarWalk.through(source, archive, new Reading(paths, wanted));
    Map<String, byte[]> files = new LinkedHashMap<>();
    paths.forEach((path, content) -> files.putIfAbsent(plain(path), content));
    return files;
  }

  private static String plain(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Of files with the same path the last one counts, as in tar. */
  private record Reading(Map<String, byte[]> files, Predicate<String> wanted)
      implements TarVisitor {

    @Override
    public void file(String path, long size, InputStream content) throws IOException {
      if (wanted.test(plain(path))) {
        files.put(path, BoundedFiles.readAll(content, LARGEST));
      }
    }

    @Override
    public void link(String path, String earlier) {
      byte[] same = files.get(earlier);
      if (same != null && wanted.test(plain(path))) {
        files.put(path, same);
      }
    }
  }
}
