package io.github.nolabel.data.decode;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What stands in place of images where a download went wrong, told by its first bytes. */
final class NoImage {

  private static final int LOOKED_AT = 1024;
  private static final String AGAIN = "perhaps a server's error came in its place; get it again";
  private static final Map<String, String> STARTS = new LinkedHashMap<>();

  static {
    STARTS.put("<!doctype html", "a web page, no image: " + AGAIN);
    STARTS.put("<html", "a web page, no image: " + AGAIN);
    STARTS.put("<?xml", "XML text, no image: " + AGAIN);
    STARTS.put("{", "JSON text, no image: " + AGAIN);
    STARTS.put("version https://git-lfs", "a pointer of Git LFS, no image: run git lfs pull");
    STARTS.put("%pdf", "a PDF document, no image: save its pages as images");
    STARTS.put("\u001f\u008b", "compressed by gzip: unpack it");
    STARTS.put("pk\u0003\u0004", "a zip archive, no image: unpack it");
  }

  private NoImage() {}

  /** What a file is and what to do, to follow "it is"; empty if nobody knows. */
  static Optional<String> told(byte[] file) {
    String start = start(file).toLowerCase(Locale.ROOT);
    return STARTS.entrySet().stream()
        .filter(entry -> start.startsWith(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** The beginning of a file that may be text, without a byte order mark and blanks. */
  static String start(byte[] file) {
    int end = Math.min(file.length, LOOKED_AT);
    String start = new String(file, 0, end, StandardCharsets.ISO_8859_1);
    return start.replaceFirst("^(\u00ef\u00bb\u00bf)?\\s*", "");
  }
}
