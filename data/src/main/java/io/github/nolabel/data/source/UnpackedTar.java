package io.github.nolabel.data.source;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.data.SourceContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Random access to the files of an archive. They lie one after the other in a cache file that is
 * made once per archive, so that any order costs the same. Thread-safe.
 */
final class UnpackedTar {

  private final FileChannel content;
  private final TarIndex index;

  private UnpackedTar(FileChannel content, TarIndex index) {
    this.content = content;
    this.index = index;
  }

  /**
   * Opens the archive's cache, after unpacking if need be.
   *
   * @throws UserMistake if the archive is damaged, unsafe or too large for the disk
   */
  static UnpackedTar of(String source, Path archive, SourceContext context) {
    try {
      TarCache cache = TarCache.of(archive, context.settings().cache());
      TarIndex index = cache.index(source, archive, context.notices());
      index.notices().forEach(context.notices());
      return new UnpackedTar(FileChannel.open(cache.content(), StandardOpenOption.READ), index);
    } catch (IOException e) {
      throw new UserMistake(
          "Data source '%s': '%s' cannot be unpacked into '%s': %s."
              .formatted(source, archive, context.settings().cache(), e),
          e);
    }
  }

  /** The images and what may be said of them, in the archive's own order. */
  List<TarEntry> entries() {
    return index.entries();
  }

  /** How many files there are, those that nobody would read among them. */
  int files() {
    return index.entries().size() + index.others();
  }

  /** SHA-256 of names and contents. */
  String fingerprint() {
    return index.fingerprint();
  }

  byte[] read(TarEntry entry) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(entry.bytes());
    while (bytes.hasRemaining()) {
      if (content.read(bytes, entry.offset() + bytes.position()) < 0) {
        throw new IOException("the cache file is shorter than its index says; delete it");
      }
    }
    return bytes.array();
  }
}
