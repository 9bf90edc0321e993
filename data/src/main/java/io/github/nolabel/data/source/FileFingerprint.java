package io.github.nolabel.data.source;

import io.github.nolabel.api.provenance.Fingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Tells whether files and what is said of them are the same as before. */
final class FileFingerprint {

  /** Collections up to this size are hashed whole; of larger ones, a thousand images are. */
  private static final long HASHED_WHOLE = 512L << 20;

  private static final int HASHED_FILES = 1000;
  private static final int SPOTTED_FILES = 16;

  private FileFingerprint() {}

  /** SHA-256 of names, contents, captions and regions. */
  static String of(List<ImageFile> unsorted) {
    List<ImageFile> files =
        sorted(unsorted.stream().flatMap(FileFingerprint::withRegions).toList());
    long total = files.stream().mapToLong(ImageFile::bytes).sum();
    return of(files, total <= HASHED_WHOLE ? files.size() : HASHED_FILES);
  }

  /** Of names, sizes and captions, and of a few files' contents: for files that are far away. */
  static String spotted(List<ImageFile> unsorted) {
    return of(sorted(unsorted), SPOTTED_FILES);
  }

  private static List<ImageFile> sorted(List<ImageFile> files) {
    return files.stream().sorted(Comparator.comparing(ImageFile::path)).toList();
  }

  private static String of(List<ImageFile> files, int contents) {
    Fingerprint fingerprint = new Fingerprint();
    files.forEach(file -> fingerprint.add(file.path()).add(file.bytes()));
    int step = Math.max(1, files.size() / Math.max(1, contents));
    for (int i = 0; i < files.size(); i += step) {
      fingerprint.add(content(files.get(i)));
    }
    files.stream()
        .filter(file -> !file.captions().isEmpty())
        .forEach(file -> addCaptions(fingerprint, file));
    return fingerprint.hex();
  }

  private static Stream<ImageFile> withRegions(ImageFile file) {
    return Stream.concat(
        Stream.of(file),
        file.regions().stream().map(path -> regions(file.path() + " regions", path)));
  }

  private static ImageFile regions(String name, Path path) {
    try {
      return new ImageFile(name, Files.size(path), () -> BoundedFiles.readAll(path));
    } catch (IOException e) {
      return new ImageFile(name, 0, () -> new byte[0]);
    }
  }

  private static void addCaptions(Fingerprint fingerprint, ImageFile file) {
    fingerprint.add(file.path()).add(file.captions().size());
    file.captions().forEach(fingerprint::add);
  }

  /** An unreadable file counts as empty; it is reported when it is decoded. */
  private static byte[] content(ImageFile file) {
    try {
      return file.content().read();
    } catch (IOException e) {
      return new byte[0];
    }
  }
}
