package io.github.nolabel.runtime.checkpoint;

import io.github.nolabel.api.train.CheckpointException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Says in words what file operations complain about. */
final class FileFaults {

  private FileFaults() {}

  static CheckpointException unusable(String what, Path path, IOException e) {
    return new CheckpointException(
        "%s: %s %s. Free space, change permissions or choose another folder."
            .formatted(what, path, reason(e)),
        e);
  }

  /** A predicate such as {@code does not exist}. */
  static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "does not exist";
    }
    if (e instanceof AccessDeniedException) {
      return "is not permitted";
    }
    if (e instanceof NotDirectoryException || e instanceof FileAlreadyExistsException) {
      return "has a file where a folder is expected";
    }
    String said =
        e instanceof FileSystemException f && f.getReason() != null ? f.getReason() : null;
    return "failed (%s)".formatted(said == null ? e.getMessage() : said);
  }
}
