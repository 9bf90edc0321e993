package io.github.nolabel.site.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.ext.heading.anchor.IdGenerator;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.text.TextContentRenderer;

/** Turns one Markdown file into a page. */
final class Renderer {

  private static final List<Extension> TABLES = List.of(TablesExtension.create());
  private static final Parser PARSER = Parser.builder().extensions(TABLES).build();
  private static final TextContentRenderer PLAIN =
      TextContentRenderer.builder().extensions(TABLES).build();
  private static final HtmlRenderer HTML =
      HtmlRenderer.builder()
          .extensions(List.of(TablesExtension.create(), HeadingAnchorExtension.create()))
          .build();

  private final Path root;
  private final Map<String, String> addresses;

  Renderer(Path root, Map<String, String> addresses) {
    this.root = root;
    this.addresses = addresses;
  }

  Page page(String source) {
    Node document = PARSER.parse(read(root.resolve(source)));
    List<Page.Section> sections = sections(document);
    Links links = new Links(root, source, addresses);
    document.accept(links);
    return new Page(
        source,
        links.here(),
        title(source, sections),
        HTML.render(document),
        sections.stream().map(Page.Section::anchor).collect(Collectors.toSet()),
        links.pages(),
        links.assets(),
        sections);
  }

  private static String title(String source, List<Page.Section> sections) {
    return sections.stream()
        .map(Page.Section::heading)
        .filter(heading -> !heading.isEmpty())
        .findFirst()
        .orElse(source);
  }

  /** A section per heading; the anchors are those of the renderer. */
  private static List<Page.Section> sections(Node document) {
    IdGenerator anchors = IdGenerator.builder().build();
    List<Page.Section> sections = new ArrayList<>();
    String heading = "";
    StringBuilder text = new StringBuilder();
    for (Node node = document.getFirstChild(); node != null; node = node.getNext()) {
      if (node instanceof Heading) {
        add(sections, anchors, heading, text);
        heading = PLAIN.render(node).strip();
        text.setLength(0);
      } else {
        text.append(PLAIN.render(node)).append('\n');
      }
    }
    add(sections, anchors, heading, text);
    return sections;
  }

  private static void add(
      List<Page.Section> sections, IdGenerator anchors, String heading, StringBuilder text) {
    if (!heading.isEmpty()) {
      sections.add(
          new Page.Section(
              anchors.generateId(heading), heading, text.toString().replaceAll("\\s+", " ")));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
