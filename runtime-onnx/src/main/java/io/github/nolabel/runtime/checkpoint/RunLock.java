package io.github.nolabel.runtime.checkpoint;

import io.github.nolabel.api.UserMistake;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps other processes from writing the same run. The operating system frees it with the process,
 * however that ends; the file stays. Within one process a run may be opened more than once.
 */
public final class RunLock implements AutoCloseable {

  static final String FILE = ".lock";

  private static final System.Logger LOG = System.getLogger(RunLock.class.getName());

  /** By file: locks belong to the whole process. Guarded by the class. */
  private static final Map<Path, RunLock> HELD = new HashMap<>();

  private final Path file;
  private final FileChannel channel;
  private int holders;

  private RunLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Locks the folder {@code checkpoints} of a run, creating it where missing.
   *
   * @throws UserMistake if another process has it
   * @throws io.github.nolabel.api.train.CheckpointException if the folder cannot be used
   */
  public static RunLock acquire(Path runDirectory) {
    Path folder = runDirectory.resolve(CheckpointStore.FOLDER);
    synchronized (RunLock.class) {
      try {
        Path file = Files.createDirectories(folder).toRealPath().resolve(FILE);
        RunLock lock = HELD.get(file);
        if (lock == null) {
          lock = open(file, runDirectory);
          HELD.put(file, lock);
        }
        lock.holders++;
        return lock;
      } catch (IOException e) {
        throw FileFaults.unusable("The folder for checkpoints cannot be used", folder, e);
      }
    }
  }

  private static RunLock open(Path file, Path runDirectory) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!isFree(channel)) {
      channel.close();
      throw new UserMistake(
          "Another process is writing the run in %s. Wait until it ends, or choose another folder."
              .formatted(runDirectory));
    }
    return new RunLock(file, channel);
  }

  /** Locks; a file system that knows no locks counts as free. */
  private static boolean isFree(FileChannel channel) {
    try {
      @Nullable FileLock lock = channel.tryLock();
      return lock != null;
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "Runs cannot be locked here: keep to one process.", e);
      return true;
    }
  }

  /** Frees the run once everybody in this process who has it did so. */
  @Override
  public void close() {
    synchronized (RunLock.class) {
      holders--;
      if (holders > 0) {
        return;
      }
      HELD.remove(file);
      try {
        channel.close();
      } catch (IOException e) {
        LOG.log(System.Logger.Level.DEBUG, "Left open: " + file, e);
      }
    }
  }
}
