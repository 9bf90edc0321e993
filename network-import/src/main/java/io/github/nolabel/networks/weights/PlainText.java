package io.github.nolabel.networks.weights;

/** Names of files as they may be shown: a terminal obeys what is hidden in them. */
public final class PlainText {

  private PlainText() {}

  /**
   * The text, its controls, line breaks and invisible marks as their code, such as {@code \\x1b}.
   */
  public static String of(String text) {
    if (text.codePoints().noneMatch(PlainText::isHidden)) {
      return text;
    }
    StringBuilder plain = new StringBuilder();
    text.codePoints()
        .forEach(
            point ->
                plain.append(
                    isHidden(point) ? "\\x%02x".formatted(point) : Character.toString(point)));
    return plain.toString();
  }

  private static boolean isHidden(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
