package io.github.nolabel.data.source;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.data.SourceAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

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
      return Files.isDirectory(path) ? ofFolder(path, wanted) : ofArchive(path, wanted);
    } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
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

  private static Map<String, byte[]> ofFolder(Path folder, Predicate<String> wanted)
      throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (Stream<Path> tree = Files.walk(folder, 2)) {
      List<Path> found =
          tree.filter(Files::isRegularFile)
              .filter(file -> wanted.test(String.valueOf(file.getFileName())))
              .sorted()
              .toList();
      for (Path file : found) {
        try (InputStream input = Files.newInputStream(file)) {
          files.putIfAbsent(
              String.valueOf(file.getFileName()), BoundedFiles.readAll(input, LARGEST));
        }
      }
    }
    return files;
  }

  private static Map<String, byte[]> ofArchive(Path archive, Predicate<String> wanted)
      throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (InputStream plain = Gzip.open(archive);
        TarArchiveInputStream tar = new TarArchiveInputStream(plain)) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
        if (entry.isFile() && wanted.test(name)) {
          files.putIfAbsent(name, BoundedFiles.readAll(tar, LARGEST));
        }
      }
    }
    return files;
  }
}
