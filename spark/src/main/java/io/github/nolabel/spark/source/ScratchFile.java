package io.github.nolabel.spark.source;

import io.github.nolabel.api.NolabelException;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import org.jspecify.annotations.Nullable;

/**
 * Bytes on this machine's disk for as long as the process needs them: the file has lost its name
 * where the system allows that, so that nothing is left behind. Made when it is needed.
 * Thread-safe.
 */
final class ScratchFile {

  private @Nullable RandomAccessFile file;
  private long length;

  synchronized long length() {
    return length;
  }

  /**
   * Writes at the end.
   *
   * @return the new length
   * @throws NolabelException if the disk is full
   */
  synchronized long append(byte[] bytes) {
    try {
      RandomAccessFile target = opened();
      target.seek(length);
      target.write(bytes);
      length += bytes.length;
      return length;
    } catch (IOException e) {
      throw new NolabelException(
          "Images cannot be copied to '%s' (%,d bytes so far): %s. Free space there, name a larger place by -Djava.io.tmpdir=FOLDER, or lower ?scratch=GB of the data source."
              .formatted(System.getProperty("java.io.tmpdir"), length, e.getMessage()),
          e);
    }
  }

  /**
   * @param from counts in
   * @param to counts out
   */
  synchronized byte[] read(long from, long to) {
    byte[] bytes = new byte[Math.toIntExact(to - from)];
    try {
      RandomAccessFile source = opened();
      source.seek(from);
      source.readFully(bytes);
      return bytes;
    } catch (IOException e) {
      throw new NolabelException(
          "Images that were copied to '%s' cannot be read: %s. Is the disk in order?"
              .formatted(System.getProperty("java.io.tmpdir"), e.getMessage()),
          e);
    }
  }

  private RandomAccessFile opened() throws IOException {
    @Nullable RandomAccessFile known = file;
    if (known != null) {
      return known;
    }
    File place = File.createTempFile("nolabel-images", ".tmp");
    RandomAccessFile made = new RandomAccessFile(place, "rw");
    if (!place.delete()) {
      place.deleteOnExit();
    }
    file = made;
    return made;
  }
}
