package io.github.nolabel.data.source;

import io.github.nolabel.api.UserMistake;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/** What a caption may be. */
public final class CaptionText {

  /** In characters; nothing that describes an image is longer. */
  static final int LONGEST = 1 << 16;

  private CaptionText() {}

  /**
   * The caption without the blanks around it; may be empty.
   *
   * @param where such as {@code line 3 of 'a.csv'}
   * @throws UserMistake if it is no text or too long
   */
  public static String checked(String source, String where, String text) {
    if (text.length() > LONGEST) {
      throw new UserMistake(
          "Data source '%s': %s: a caption of %,d characters; at most %,d are expected. Is a quote"
                  .formatted(source, where, text.length(), LONGEST)
              + " missing, or is this another column?");
    }
    if (text.indexOf('\0') >= 0) {
      throw new UserMistake(
          "Data source '%s': %s: a caption has a NUL byte in it, expected text. Is the file"
                  .formatted(source, where)
              + " damaged, or UTF-16?");
    }
    return text.strip();
  }

  /**
   * One caption per line that is not blank.
   *
   * @param where the file, for messages
   */
  static List<String> lines(String source, String where, byte[] content) {
    try {
      List<String> lines = Utf8File.decode(content).lines().toList();
      return IntStream.range(0, lines.size())
          .mapToObj(i -> checked(source, "line %d of '%s'".formatted(i + 1, where), lines.get(i)))
          .filter(line -> !line.isEmpty())
          .toList();
    } catch (IOException e) {
      throw new UserMistake(
          "Data source '%s': '%s' is no UTF-8 text. Save it as UTF-8, one caption per line."
              .formatted(source, where),
          e);
    }
  }
}
