package io.github.nolabel.api.file;

import io.github.nolabel.api.UserMistake;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Writes files under a temporary name of their own in their folder and renames them when they are
 * complete, so that any number of threads and processes may write the same file: the last one wins,
 * and nobody sees half of it.
 */
public final class OutputFiles {

  /** Writes to the computer's own disk. */
  public static final OutputFiles LOCAL = new OutputFiles(Disk.LOCAL);

  private static final int LONGEST_NAME = 50;

  private final Disk disk;

  public OutputFiles(Disk disk) {
    this.disk = disk;
  }

  /** What fills a file. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * @throws UserMistake if the file cannot be written; what was there before is untouched
   */
  public void write(Path file, Content content) {
    Path unfinished = unfinished(file);
    try {
      try (OutputStream out = new BufferedOutputStream(disk.create(unfinished), 1 << 16)) {
        content.writeTo(out);
      }
      disk.rename(unfinished, file);
    } catch (IOException e) {
      deleteQuietly(unfinished);
      throw new UserMistake(
          "%s cannot be written: %s. Free space, change permissions or choose another place."
              .formatted(file, reason(e, file)),
          e);
    }
  }

  /** A name that nobody else writes to, in this process or another, and not too long for a disk. */
  private static Path unfinished(Path file) {
    String name = String.valueOf(file.getFileName());
    return file.resolveSibling(
        ".%s.%s.tmp"
            .formatted(
                name.substring(0, Math.min(name.length(), LONGEST_NAME)), UUID.randomUUID()));
  }

  public void write(Path file, byte[] content) {
    write(file, out -> out.write(content));
  }

  public void write(Path file, String content) {
    write(file, content.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Checks that a file could be written there, before the work that fills it is done; creates
   * nothing.
   *
   * @throws UserMistake naming what is in the way
   */
  public static void requireWritable(Path file) {
    if (Files.isDirectory(file)) {
      throw new UserMistake(
          "%s is a folder, expected the name of a file to write.".formatted(file));
    }
    requireFolder(file.toAbsolutePath().normalize().getParent(), file);
  }

  /**
   * Checks that {@code folder} is a folder one may write into, or can become one.
   *
   * @param forWhat the output that goes there
   * @throws UserMistake naming what is in the way
   */
  public static void requireFolder(@org.jspecify.annotations.Nullable Path folder, Path forWhat) {
    Path existing = folder;
    while (existing != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    if (existing == null) {
      throw new UserMistake("%s has no folder to be in.".formatted(forWhat));
    }
    if (!Files.isDirectory(existing)) {
      throw new UserMistake(
          "%s cannot be written: %s is a file, expected a folder.".formatted(forWhat, existing));
    }
    if (!Files.isWritable(existing)) {
      throw new UserMistake(
          "%s cannot be written: no permission to write into %s.".formatted(forWhat, existing));
    }
  }

  /** Creates the folder and its parents where missing. */
  public static void createFolder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UserMistake("The folder %s cannot be created: %s.".formatted(folder, reason(e)), e);
    }
  }

  /**
   * @throws UserMistake if fewer than {@code bytes} are free where {@code folder} is or will be
   */
  public void requireSpace(Path folder, long bytes) {
    Path existing = folder.toAbsolutePath().normalize();
    while (existing.getParent() != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    long free;
    try {
      free = disk.freeBytes(existing);
    } catch (IOException e) {
      return; // Some file systems do not tell; writing will.
    }
    if (free < bytes) {
      throw new UserMistake(
          "The run needs about %d MiB in %s, only %d MiB are free. Free space, choose another folder or keep fewer checkpoints (checkpoint.keep=1)."
              .formatted(mebibytes(bytes), folder, free >> 20));
    }
  }

  private static long mebibytes(long bytes) {
    return Math.max(1, (bytes + (1 << 20) - 1) >> 20);
  }

  /** A missing file is the folder's fault only if there is no folder. */
  private static String reason(IOException e, Path file) {
    if (e instanceof NoSuchFileException
        && Files.isDirectory(file.toAbsolutePath().resolveSibling(""))) {
      return "another program removed the unfinished file beside it";
    }
    return reason(e);
  }

  private static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "no permission";
    }
    if (e instanceof NoSuchFileException) {
      return "its folder is not there";
    }
    if (e instanceof FileSystemException f && f.getReason() != null) {
      return f.getReason();
    }
    return e instanceof FileSystemException
        ? "a file is where a folder is expected"
        : String.valueOf(e.getMessage());
  }

  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      System.getLogger(OutputFiles.class.getName())
          .log(System.Logger.Level.DEBUG, "Left behind: " + file, e);
    }
  }
}
