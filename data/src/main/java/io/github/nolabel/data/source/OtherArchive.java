package io.github.nolabel.data.source;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.file.FileInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Archives and compressions that are not read, told by their first bytes and named. */
final class OtherArchive {

  private static final Map<String, String> MAGICS = new LinkedHashMap<>();

  static {
    MAGICS.put("PK\u0003\u0004", "a zip archive");
    MAGICS.put("BZh", "compressed by bzip2");
    MAGICS.put("\u00fd7zXZ\0", "compressed by xz");
    MAGICS.put("7z\u00bc\u00af'\u001c", "a 7-Zip archive");
    MAGICS.put("(\u00b5/\u00fd", "compressed by Zstandard");
    MAGICS.put("Rar!", "a RAR archive");
  }

  private OtherArchive() {}

  /**
   * @throws UserMistake saying what {@code archive} is, if it is one of these
   */
  static void refuse(String source, Path archive) {
    kind(archive)
        .ifPresent(
            kind -> {
              throw new UserMistake(
                  "Data source '%s': '%s' is %s; archives are read as tar, plain or gzip. Unpack it and write folder:FOLDER, or pack the images as tar."
                      .formatted(source, archive, kind));
            });
  }

  private static Optional<String> kind(Path archive) {
    try (InputStream input = FileInput.open(archive)) {
      String start = new String(input.readNBytes(8), StandardCharsets.ISO_8859_1);
      return MAGICS.entrySet().stream()
          .filter(magic -> start.startsWith(magic.getKey()))
          .map(Map.Entry::getValue)
          .findFirst();
    } catch (IOException e) {
      return Optional.empty(); // Whoever reads on says what is wrong.
    }
  }
}
