package io.github.nolabel.spark;

import io.github.nolabel.api.NolabelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A temporary folder of one worker. */
record ScratchFolder(Path path) implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(ScratchFolder.class.getName());

  static ScratchFolder create() {
    try {
      return new ScratchFolder(Files.createTempDirectory("nolabel-worker"));
    } catch (IOException e) {
      throw new NolabelException(
          "A worker finds no place for its files: the temporary folder refused one (%s)."
              .formatted(e.getMessage()),
          e);
    }
  }

  @Override
  public void close() {
    try (Stream<Path> found = Files.walk(path)) {
      List<Path> deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "Left behind: " + path, e);
    }
  }
}
