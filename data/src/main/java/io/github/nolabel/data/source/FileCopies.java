package io.github.nolabel.data.source;

import io.github.nolabel.api.provenance.Fingerprint;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Finds files that are the same, byte by byte; only those of known and equal size are read. */
final class FileCopies {

  private FileCopies() {}

  /** Which of {@code files} have the name or the content of one of {@code indices}. */
  static int[] of(List<ImageFile> files, int... indices) {
    List<ImageFile> wanted = IntStream.of(indices).mapToObj(files::get).toList();
    Set<String> names = wanted.stream().map(ImageFile::path).collect(Collectors.toSet());
    List<ImageFile> sized =
        wanted.stream().filter(file -> file.bytes() != ImageFile.UNKNOWN).toList();
    Set<Long> sizes = sized.stream().map(ImageFile::bytes).collect(Collectors.toSet());
    Set<String> contents = sized.stream().flatMap(FileCopies::content).collect(Collectors.toSet());
    return IntStream.range(0, files.size())
        .filter(
            i ->
                names.contains(files.get(i).path())
                    || (sizes.contains(files.get(i).bytes())
                        && content(files.get(i)).anyMatch(contents::contains)))
        .toArray();
  }

  /** SHA-256; nothing if the file cannot be read. */
  private static Stream<String> content(ImageFile file) {
    try {
      return Stream.of(new Fingerprint().add(file.content().read()).hex());
    } catch (IOException e) {
      return Stream.empty();
    }
  }
}
