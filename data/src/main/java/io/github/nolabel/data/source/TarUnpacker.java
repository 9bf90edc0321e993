package io.github.nolabel.data.source;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.provenance.Fingerprint;
import io.github.nolabel.data.decode.ImageDecoder;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Copies the images of an archive, and what may be said of them, into one file, one after the
 * other. Nothing is ever written to a path that the archive names. Sizes are bounded by the disk
 * and by what real images compress to. Of files with the same name the last one counts, as in tar.
 */
final class TarUnpacker {

  private static final int BUFFER = 1 << 16;

  /** Images hardly compress; a hundredfold is a bomb. Small archives may be anything. */
  private static final long MOST_GROWTH = 100;

  private static final long SMALL = 1L << 30;

  private final String source;
  private final Path archive;
  private final int largest;
  private final byte[] buffer = new byte[BUFFER];
  private final Fingerprint fingerprint = new Fingerprint();
  private final Map<String, TarEntry> entries = new LinkedHashMap<>();
  private final Tally others = new Tally();
  private final UnreadImages unread = new UnreadImages();
  private final Tally specials = new Tally();
  private final Tally tooLarge = new Tally();
  private boolean endIsMissing;
  private boolean endIsNotTheEnd;
  private long written;

  TarUnpacker(String source, Path archive) {
    this(source, archive, BoundedFiles.LARGEST_IMAGE);
  }

  /**
   * @param largest bytes of a file; larger ones are left out
   */
  TarUnpacker(String source, Path archive, int largest) {
    this.source = source;
    this.archive = archive;
    this.largest = largest;
  }

  /**
   * @throws UserMistake if the archive is damaged, unsafe or too large
   */
  TarIndex unpack(Path target) throws IOException {
    long limit = limit(target);
    try (OutputStream output = new BufferedOutputStream(Files.newOutputStream(target), BUFFER)) {
      TarWalk.through(source, archive, new Copying(output, limit));
    } catch (DamagedTarException e) {
      throw new UserMistake(
          "Data source '%s': '%s' is no intact tar archive (plain or gzip): %s."
              .formatted(source, archive, e.getMessage()),
          e);
    }
    return new TarIndex(
        fingerprint.hex(), written, List.copyOf(entries.values()), others.count(), notices());
  }

  private List<String> notices() {
    List<String> notices = new ArrayList<>();
    if (others.count() > 0) {
      notices.add("%,d files that are no images are ignored.".formatted(others.count()));
    }
    unread
        .told(entries.keySet().stream().filter(ImageDecoder::isImageName).count())
        .ifPresent(notices::add);
    if (specials.count() > 0) {
      notices.add(
          "%,d links and special files in the archive are ignored, such as '%s'."
              .formatted(specials.count(), specials.first()));
    }
    if (tooLarge.count() > 0) {
      notices.add(
          "%,d files of more than %,d bytes are left out, such as '%s'."
              .formatted(tooLarge.count(), largest, tooLarge.first()));
    }
    if (endIsNotTheEnd) {
      notices.add(
          "'%s' goes on after the mark at its end, as archives do that were written one after the other; what follows is not read. Join archives with tar --concatenate."
              .formatted(archive));
    }
    if (endIsMissing) {
      notices.add("'%s' lacks the mark at its end; it may have been cut off.".formatted(archive));
    }
    return notices;
  }

  /** Images, and what {@link SampleGroups} reads beside them. */
  private static boolean isRead(String path) {
    return ImageDecoder.isImageName(path)
        || Stream.of(SampleGroups.LABEL, SampleGroups.CAPTIONS, SampleGroups.OBJECT)
            .anyMatch(path.toLowerCase(Locale.ROOT)::endsWith);
  }

  private void put(TarEntry entry) {
    entries.remove(entry.path());
    entries.put(entry.path(), entry);
  }

  private long limit(Path target) throws IOException {
    long free = Files.getFileStore(target).getUsableSpace();
    return Math.min(free, Math.max(SMALL, MOST_GROWTH * Files.size(archive)));
  }

  /** Copies what is read, and counts the rest. */
  private final class Copying implements TarVisitor {

    private final OutputStream output;
    private final long limit;

    Copying(OutputStream output, long limit) {
      this.output = output;
      this.limit = limit;
    }

    @Override
    public void file(String path, long size, InputStream content) throws IOException {
      if (!isRead(path)) {
        others.add(path);
        unread.add(path);
      } else if (size > largest) {
        entries.remove(path);
        tooLarge.add(path);
      } else {
        checkLimit(path, size);
        put(new TarEntry(path, written, (int) size));
        fingerprint.add(path).add(size);
        copy(path, size, content);
      }
    }

    private void copy(String path, long size, InputStream content) throws IOException {
      for (long rest = size; rest > 0; ) {
        int read = content.read(buffer, 0, (int) Math.min(buffer.length, rest));
        if (read < 0) {
          throw new DamagedTarException("it ends inside of '%s'".formatted(path));
        }
        output.write(buffer, 0, read);
        fingerprint.add(ByteBuffer.wrap(buffer, 0, read));
        rest -= read;
      }
      written += size;
    }

    @Override
    public void link(String path, String earlier) {
      TarEntry same = entries.get(earlier);
      if (same == null || !isRead(path)) {
        specials.add(path);
      } else {
        put(new TarEntry(path, same.offset(), same.bytes()));
        fingerprint.add(path).add(earlier);
      }
    }

    @Override
    public void special(String path) {
      specials.add(path);
    }

    @Override
    public void endIsMissing() {
      endIsMissing = true;
    }

    @Override
    public void endIsNotTheEnd() {
      endIsNotTheEnd = true;
    }

    private void checkLimit(String path, long size) {
      if (size > limit - written) {
        throw new UserMistake(
            "Data source '%s': '%s' has %,d bytes, with which the unpacked archive passes the limit"
                    .formatted(source, path, size)
                + " of %,d bytes in all (free disk space, or %d times the archive)."
                    .formatted(limit, MOST_GROWTH));
      }
    }
  }
}
