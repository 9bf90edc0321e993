package io.github.nolabel.data.source;

import io.github.nolabel.api.file.CacheLock;
import io.github.nolabel.api.file.Disk;
import io.github.nolabel.api.file.OutputFiles;
import io.github.nolabel.api.provenance.Fingerprint;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

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

  /**
   * The index, after unpacking if need be: by one thread of one process, while the others wait.
   *
   * @param notices told of the work, or of the waiting
   */
  TarIndex index(String source, Path archive, Consumer<String> notices) throws IOException {
    Optional<TarIndex> known = load();
    return known.isPresent()
        ? known.get()
        : CacheLock.holding(
            content,
            () -> notices.accept("Waiting for somebody else to unpack '%s' ...".formatted(archive)),
            alone -> loadOrUnpack(source, archive, notices, alone));
  }

  private TarIndex loadOrUnpack(
      String source, Path archive, Consumer<String> notices, boolean alone) throws IOException {
    Optional<TarIndex> meanwhile = load();
    if (meanwhile.isPresent()) {
      return meanwhile.get();
    }
    if (alone) {
      deleteRemains();
    }
    notices.accept("Unpacking '%s' once ...".formatted(archive));
    return unpack(source, archive);
  }

  /** Writes both files beside their places and renames them, the index last. */
  private TarIndex unpack(String source, Path archive) throws IOException {
    Path newContent = Files.createTempFile(folder(), unfinished(), ".tmp");
    try {
      TarIndex unpacked = new TarUnpacker(source, archive).unpack(newContent);
      Disk.LOCAL.rename(newContent, content);
      OutputFiles.LOCAL.write(index, out -> write(unpacked, out));
      return unpacked;
    } finally {
      Files.deleteIfExists(newContent);
    }
  }

  /** What a process left behind that ended inside of the work. */
  private void deleteRemains() throws IOException {
    try (DirectoryStream<Path> remains =
        Files.newDirectoryStream(folder(), unfinished() + "*.tmp")) {
      for (Path file : remains) {
        Files.deleteIfExists(file);
      }
    }
  }

  private String unfinished() {
    return content.getFileName() + ".";
  }

  private Path folder() {
    return content.toAbsolutePath().resolveSibling("");
  }
}
