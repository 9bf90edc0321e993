package io.github.nolabel.site.page;

import java.util.List;
import java.util.Set;

/**
 * A document, rendered.
 *
 * @param source its path in the repository, with {@code /}
 * @param address its path in the site
 * @param title its first heading
 * @param html its text
 * @param anchors names that links can end in
 * @param links pages that it links to, as addresses in the site, with their anchors
 * @param assets pictures that it shows, as paths in the repository
 * @param sections what the search looks through
 */
public record Page(
    String source,
    String address,
    String title,
    String html,
    Set<String> anchors,
    List<String> links,
    List<String> assets,
    List<Section> sections) {

  public Page {
    anchors = Set.copyOf(anchors);
    links = List.copyOf(links);
    assets = List.copyOf(assets);
    sections = List.copyOf(sections);
  }

  /**
   * @param anchor empty for what comes before the first heading
   * @param heading as it is read
   * @param text without markup
   */
  public record Section(String anchor, String heading, String text) {}

  /** The way from here to the site's root: empty, or some {@code ../}. */
  public String toRoot() {
    return "../".repeat((int) address.chars().filter(c -> c == '/').count());
  }

  /** Text as HTML. */
  public static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
