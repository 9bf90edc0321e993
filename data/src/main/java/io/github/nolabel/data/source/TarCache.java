package io.github.nolabel.data.source;

import io.github.nolabel.api.file.OutputFiles;
import io.github.nolabel.api.provenance.Fingerprint;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * The two cache files of one archive: contents and index. Their name tells the archive's path, size
 * and time of change, so that a changed archive is unpacked again.
 */
record TarCache(Path content, Path index) {

  static TarCache of(Path archive, Path cache) throws IOException {
    String key =
        new Fingerprint()
            .add(archive.toRealPath().toString())
            .add(Files.size(archive))
            .add(Files.getLastModifiedTime(archive).toMillis())
            .hex()
            .substring(0, 24);
    return new TarCache(
        cache.resolve("tar-" + key + ".content"), cache.resolve("tar-" + key + ".index"));
  }

  /** The index, if both files are there and belong together. */
  Optional<TarIndex> load() {
    if (!Files.isRegularFile(index) || !Files.isRegularFile(content)) {
      return Optional.empty();
    }
    try (DataInputStream input =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(index)))) {
      TarIndex known = TarIndex.read(input);
      return Files.size(content) == known.length() ? Optional.of(known) : Optional.empty();
    } catch (IOException damaged) {
      return Optional.empty();
    }
  }

  private static void write(TarIndex unpacked, OutputStream out) throws IOException {
    DataOutputStream output = new DataOutputStream(out);
    unpacked.write(output);
    output.flush();
  }

  /** Writes both files beside their places and renames them, the index last. */
  TarIndex unpack(String source, Path archive) throws IOException {
    Path folder = content.toAbsolutePath().resolveSibling("");
    Files.createDirectories(folder);
    Path newContent = Files.createTempFile(folder, "tar", ".tmp");
    try {
      TarIndex unpacked = new TarUnpacker(source, archive).unpack(newContent);
      Files.move(newContent, content, StandardCopyOption.ATOMIC_MOVE);
      OutputFiles.LOCAL.write(index, out -> write(unpacked, out));
      return unpacked;
    } finally {
      Files.deleteIfExists(newContent);
    }
  }
}
