package io.github.nolabel.api.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets one thread of one process at a time make what all of them will use. The others wait, then
 * find it made. The operating system frees the lock with the process, however that ends; an empty
 * file {@code .NAME.lock} stays.
 */
public final class CacheLock {

  private static final System.Logger LOG = System.getLogger(CacheLock.class.getName());

  /** Locks of files belong to the whole process; its threads wait for each other here. */
  private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

  private CacheLock() {}

  /** What is done by one at a time. */
  @FunctionalInterface
  public interface Work<T, E extends Exception> {

    /**
     * @param alone whether nobody else is at it; false where the file system knows no locks
     */
    T make(boolean alone) throws E;
  }

  /**
   * Does the work when nobody else, here or in another process, does any for {@code file}.
   *
   * @param file what is made; its folder is created where missing
   * @param waiting called once if somebody else is at it
   * @throws IOException if the folder cannot be written
   * @throws E as the work does
   */
  public static <T, E extends Exception> T holding(Path file, Runnable waiting, Work<T, E> work)
      throws IOException, E {
    Path folder = file.toAbsolutePath().normalize().resolveSibling("");
    Files.createDirectories(folder);
    Path lock = folder.toRealPath().resolve("." + file.getFileName() + ".lock");
    ReentrantLock threads = THREADS.computeIfAbsent(lock, path -> new ReentrantLock());
    Runnable once = new Once(waiting);
    if (!threads.tryLock()) {
      once.run();
      threads.lock();
    }
    try (FileChannel channel =
        FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      return work.make(isLocked(channel, once));
    } finally {
      threads.unlock();
    }
  }

  /** Waits for the lock; closing the channel frees it. */
  private static boolean isLocked(FileChannel channel, Runnable waiting) throws IOException {
    try {
      @Nullable FileLock lock = channel.tryLock();
      if (lock != null) {
        return true;
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "Files cannot be locked here.", e);
      return false;
    }
    waiting.run();
    channel.lock();
    return true;
  }

  /** Says it the first time. */
  private static final class Once implements Runnable {

    private final Runnable said;
    private boolean done;

    Once(Runnable said) {
      this.said = said;
    }

    @Override
    public void run() {
      if (!done) {
        done = true;
        said.run();
      }
    }
  }
}
