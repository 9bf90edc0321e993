package io.github.nolabel.runs.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The frame of a report: {@code page.html} beside this class, its style in it. */
final class Page {

  private static final Pattern PLACE = Pattern.compile("@([a-z]+)@");

  private Page() {}

  /**
   * The whole page, well-formed XML as well as HTML.
   *
   * @param title plain words
   * @param content markup
   */
  static String of(String title, String content) {
    Map<String, String> parts = Map.of("title", Html.text(title), "content", content);
    return PLACE
        .matcher(template())
        .replaceAll(found -> Matcher.quoteReplacement(parts.getOrDefault(found.group(1), "")));
  }

  private static String template() {
    try (InputStream in = Page.class.getResourceAsStream("page.html")) {
      if (in == null) {
        throw new IllegalStateException("page.html is not beside " + Page.class);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("the class path cannot be read", e);
    }
  }
}
