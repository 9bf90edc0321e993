package io.github.nolabel.site.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the search looks through, as a script: browsers let a page from the file system run scripts
 * beside it, but not read files.
 */
public final class Search {

  private Search() {}

  /** One entry per heading: where it is, the page's title, the heading, the words below it. */
  public static String index(List<Page> pages) {
    List<Map<String, String>> entries = new ArrayList<>();
    for (Page page : pages) {
      page.sections()
          .forEach(
              section ->
                  entries.add(
                      Map.of(
                          "u", page.address() + "#" + section.anchor(),
                          "t", page.title(),
                          "h", section.heading(),
                          "x", section.text())));
    }
    try {
      return "window.SECTIONS = " + new ObjectMapper().writeValueAsString(entries) + ";\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
