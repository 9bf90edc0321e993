package io.github.nolabel.runs.report;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Pieces of a page. Only {@link #text} takes what people have written: names, captions, options.
 */
final class Html {

  private Html() {}

  /** Shows the words as they are, whatever is in them; usable in attributes, too. */
  static String text(Object words) {
    StringBuilder safe = new StringBuilder();
    String.valueOf(words).codePoints().forEach(c -> safe.append(shown(c)));
    return safe.toString();
  }

  /** What XML has no character for becomes the replacement character. */
  private static String shown(int c) {
    return switch (c) {
      case '&' -> "&amp;";
      case '<' -> "&lt;";
      case '>' -> "&gt;";
      case '"' -> "&quot;";
      case '\'' -> "&#39;";
      default -> isCharacter(c) ? Character.toString(c) : "\uFFFD";
    };
  }

  private static boolean isCharacter(int c) {
    boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    boolean control = c < ' ' && c != '\t' && c != '\n' && c != '\r';
    return !surrogate && !control && c != 0xFFFE && c != 0xFFFF;
  }

  /** A paragraph of plain words. */
  static String paragraph(String words) {
    return "<p>%s</p>\n".formatted(text(words));
  }

  /** A quieter paragraph: what something means, or why it is not there. */
  static String note(String words) {
    return "<p class=\"note\">%s</p>\n".formatted(text(words));
  }

  /** A part of the page under its heading; {@code kind} is its class. */
  static String section(String kind, String heading, String content) {
    return "<section class=\"%s\">\n<h2>%s</h2>\n%s</section>\n"
        .formatted(text(kind), text(heading), content);
  }

  /** A table of plain words; columns after the first hold numbers. */
  static String table(List<String> head, List<List<String>> rows) {
    return "<div class=\"wide\"><table><thead>%s</thead>\n<tbody>%s</tbody></table></div>\n"
        .formatted(
            row("th", head), rows.stream().map(r -> row("td", r)).collect(Collectors.joining()));
  }

  private static String row(String cell, List<String> words) {
    return words.stream()
        .map(word -> "<%1$s>%2$s</%1$s>".formatted(cell, text(word)))
        .collect(Collectors.joining("", "<tr>", "</tr>\n"));
  }
}
