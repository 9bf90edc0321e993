package io.github.nolabel.data.source;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.provenance.Fingerprint;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Copies the files of an archive into one file, one after the other. Nothing is ever written to a
 * path that the archive names; names that point elsewhere are refused all the same. Sizes are
 * bounded by the disk and by what real images compress to.
 */
final class TarUnpacker {

  private static final int BUFFER = 1 << 16;

  /** Images hardly compress; a hundredfold is a bomb. Small archives may be anything. */
  private static final long MOST_GROWTH = 100;

  private static final long SMALL = 1L << 30;

  private final String source;
  private final Path archive;
  private final byte[] buffer = new byte[BUFFER];
  private final Fingerprint fingerprint = new Fingerprint();
  private final List<TarEntry> entries = new ArrayList<>();
  private long written;

  TarUnpacker(String source, Path archive) {
    this.source = source;
    this.archive = archive;
  }

  /**
   * @throws UserMistake if the archive is damaged, unsafe or too large
   */
  TarIndex unpack(Path target) throws IOException {
    long limit = limit(target);
    try (OutputStream output = new BufferedOutputStream(Files.newOutputStream(target), BUFFER)) {
      copyAll(output, limit);
    }
    return new TarIndex(fingerprint.hex(), written, entries);
  }

  private void copyAll(OutputStream output, long limit) throws IOException {
    try (InputStream plain = Gzip.open(archive);
        TarArchiveInputStream tar = new TarArchiveInputStream(plain)) {
      TarArchiveEntry entry = next(tar);
      if (entry == null) {
        throw damaged("it holds nothing", null);
      }
      for (; entry != null; entry = next(tar)) {
        String path = safePath(entry.getName());
        if (entry.isFile() && isWanted(path)) {
          checkSize(entry, limit);
          copy(tar, path, entry.getSize(), output);
        }
      }
    } catch (EOFException | ZipException e) {
      throw damaged(String.valueOf(e.getMessage()), e);
    }
  }

  private @Nullable TarArchiveEntry next(TarArchiveInputStream tar) throws IOException {
    try {
      return tar.getNextEntry();
    } catch (IOException | IllegalArgumentException e) {
      throw damaged(String.valueOf(e.getMessage()), e);
    }
  }

  private void copy(TarArchiveInputStream tar, String path, long size, OutputStream output)
      throws IOException {
    entries.add(new TarEntry(path, written, (int) size));
    fingerprint.add(path).add(size);
    for (long rest = size; rest > 0; ) {
      int read = readSome(tar, (int) Math.min(buffer.length, rest));
      if (read < 0) {
        throw damaged("it ends inside of '%s'".formatted(path), null);
      }
      output.write(buffer, 0, read);
      fingerprint.add(ByteBuffer.wrap(buffer, 0, read));
      rest -= read;
    }
    written += size;
  }

  private int readSome(TarArchiveInputStream tar, int most) {
    try {
      return tar.read(buffer, 0, most);
    } catch (IOException e) {
      throw damaged(String.valueOf(e.getMessage()), e);
    }
  }

  private static boolean isWanted(String name) {
    String plain = name.substring(name.lastIndexOf('/') + 1);
    return !plain.startsWith(".") && !name.startsWith("__MACOSX/");
  }

  private String safePath(String name) {
    String path = name.startsWith("./") ? name.substring(2) : name;
    if (path.startsWith("/") || path.contains("\\") || List.of(path.split("/")).contains("..")) {
      throw new UserMistake(
          "Data source '%s': the archive holds '%s', a name that points outside of it. It is refused;"
                  .formatted(source, name)
              + " pack the images again with plain relative names.");
    }
    return path;
  }

  private void checkSize(TarArchiveEntry entry, long limit) {
    if (entry.getSize() < 0
        || entry.getSize() > BoundedFiles.LARGEST_IMAGE
        || entry.getSize() > limit - written) {
      throw new UserMistake(
          "Data source '%s': '%s' has %,d bytes, with which the unpacked archive passes the limit"
                  .formatted(source, entry.getName(), entry.getSize())
              + " of %,d bytes per file or %,d in all (free disk space, or %d times the archive)."
                  .formatted(BoundedFiles.LARGEST_IMAGE, limit, MOST_GROWTH));
    }
  }

  private long limit(Path target) throws IOException {
    long free = Files.getFileStore(target).getUsableSpace();
    return Math.min(free, Math.max(SMALL, MOST_GROWTH * Files.size(archive)));
  }

  private UserMistake damaged(String why, @Nullable Exception cause) {
    String message =
        "Data source '%s': '%s' is no intact tar archive (plain or gzip): %s."
            .formatted(source, archive, why);
    return cause == null ? new UserMistake(message) : new UserMistake(message, cause);
  }
}
