package io.github.nolabel.cli;

import io.github.nolabel.api.provenance.Fingerprint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Whole folders, for tests. */
final class Folders {

  private Folders() {}

  /** SHA-256 by relative name of every file below. */
  static Map<String, String> fingerprints(Path folder) {
    Map<String, String> sums = new TreeMap<>();
    for (Path file : files(folder)) {
      sums.put(folder.relativize(file).toString(), new Fingerprint().add(bytes(file)).hex());
    }
    return sums;
  }

  static Path copy(Path from, Path to) {
    for (Path file : files(from)) {
      write(to.resolve(from.relativize(file).toString()), bytes(file));
    }
    return to;
  }

  static Path write(Path file, byte[] content) {
    try {
      Files.createDirectories(file.toAbsolutePath().resolveSibling("."));
      return Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path write(Path file, String content) {
    return write(file, content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Path> files(Path folder) {
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path only(Path folder, String name) {
    return files(folder).stream()
        .filter(file -> file.endsWith(name))
        .reduce((a, b) -> b)
        .orElseThrow();
  }
}
