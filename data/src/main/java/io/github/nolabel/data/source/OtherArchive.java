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
    MAGICS.put("PK\u0005\u0006", "an empty zip archive");
    MAGICS.put("PK\u0007\b", "a part of a zip archive");
    MAGICS.put("BZh", "compressed by bzip2");
    MAGICS.put("\u00fd7zXZ\0", "compressed by xz");
    MAGICS.put("7z\u00bc\u00af'\u001c", "a 7-Zip archive");
    MAGICS.put("(\u00b5/\u00fd", "compressed by Zstandard");
    MAGICS.put("Rar!", "a RAR archive");
    MAGICS.put("\u0004\"M\u0018", "compressed by LZ4");
    MAGICS.put("LZIP", "compressed by lzip");
    MAGICS.put("]\0\0", "compressed by LZMA");
    MAGICS.put("\u001f\u009d", "compressed by compress");
    MAGICS.put("0707", "a cpio archive");
    MAGICS.put("!<arch>", "an ar archive");
    MAGICS.put("PAR1", "a Parquet file");
    MAGICS.put("\u0089HDF", "an HDF5 file");
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
