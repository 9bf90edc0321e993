package io.github.nolabel.site;

import io.github.nolabel.site.page.Page;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is around the text of every page: title, search, and the list of all pages. */
final class Frame {

  private final String template;
  private final Map<String, List<Page>> groups;

  private Frame(String template, Map<String, List<Page>> groups) {
    this.template = template;
    this.groups = groups;
  }

  static Frame around(List<Page> pages) throws IOException {
    Map<String, List<Page>> groups = new LinkedHashMap<>();
    for (String name :
        List.of("Start", "How to", "Methods", "Coming from", "Reference", "Modules", "Decisions")) {
      groups.put(name, new ArrayList<>());
    }
    for (Page page : pages) {
      groups.computeIfAbsent(group(page.source()), name -> new ArrayList<>()).add(page);
    }
    return new Frame(Site.resource("page.html"), groups);
  }

  String of(Page page) {
    return template
        .replace("{{title}}", Page.escaped(page.title()))
        .replace("{{root}}", page.toRoot())
        .replace("{{pages}}", list(page))
        .replace("{{text}}", page.html());
  }

  private String list(Page current) {
    StringBuilder html = new StringBuilder();
    groups.forEach(
        (name, pages) -> {
          html.append("<h2>").append(name).append("</h2>\n<ul>\n");
          pages.forEach(page -> html.append(item(page, current)));
          html.append("</ul>\n");
        });
    return html.toString();
  }

  private static String item(Page page, Page current) {
    String here = page.equals(current) ? " aria-current=\"page\"" : "";
    return "<li><a href=\"%s%s\"%s>%s</a></li>\n"
        .formatted(current.toRoot(), page.address(), here, Page.escaped(page.title()));
  }

  private static String group(String source) {
    if (source.startsWith("docs/methods/")) {
      return "Methods";
    } else if (source.startsWith("docs/how-to/")) {
      return "How to";
    } else if (source.startsWith("docs/coming-from/")) {
      return "Coming from";
    } else if (source.startsWith("docs/")) {
      return "Reference";
    } else if (source.startsWith("decisions/")) {
      return "Decisions";
    }
    return source.contains("/") ? "Modules" : "Start";
  }
}
