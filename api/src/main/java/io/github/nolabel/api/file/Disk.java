package io.github.nolabel.api.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The file operations of outputs; tests put a full disk behind it. */
public interface Disk {

  /** The computer's own. */
  Disk LOCAL = new Local();

  /** Opens a file for writing from its beginning. */
  OutputStream create(Path file) throws IOException;

  /** Renames in one indivisible step, replacing what was there. */
  void rename(Path from, Path to) throws IOException;

  /** Bytes that can still be written to the folder. */
  long freeBytes(Path folder) throws IOException;

  /** See {@link #LOCAL}. */
  final class Local implements Disk {

    private Local() {}

    @Override
    public OutputStream create(Path file) throws IOException {
      FileChannel channel =
          FileChannel.open(
              file,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE);
      return new java.io.FilterOutputStream(Channels.newOutputStream(channel)) {
        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
          out.write(bytes, offset, count);
        }

        @Override
        public void close() throws IOException {
          if (channel.isOpen()) {
            channel.force(true);
          }
          super.close();
        }
      };
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public long freeBytes(Path folder) throws IOException {
      return Files.getFileStore(folder).getUsableSpace();
    }
  }
}
