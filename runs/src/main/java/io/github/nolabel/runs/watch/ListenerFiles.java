package io.github.nolabel.runs.watch;

import io.github.nolabel.api.NolabelException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the listeners that write files have in common. */
final class ListenerFiles {

  private ListenerFiles() {}

  static void createParent(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().resolveSibling("."));
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  static NolabelException unwritable(Path file, IOException e) {
    String reason =
        e instanceof FileAlreadyExistsException
            ? "a file is where a folder is expected"
            : e.getMessage();
    return new NolabelException("%s cannot be written: %s.".formatted(file, reason), e);
  }
}
