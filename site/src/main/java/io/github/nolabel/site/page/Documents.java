package io.github.nolabel.site.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** All Markdown files of a repository, but those among the sources and what builds leave. */
public final class Documents {

  private static final Set<String> NO_DOCUMENTS = Set.of("src", "target", "runs");

  private final Path root;
  private final Map<String, String> addresses;

  private Documents(Path root, Map<String, String> addresses) {
    this.root = root;
    this.addresses = addresses;
  }

  public static Documents of(Path root) throws IOException {
    Path absolute = root.toAbsolutePath().normalize();
    Map<String, String> addresses = new LinkedHashMap<>();
    try (Stream<Path> files = Files.walk(absolute)) {
      files
          .filter(file -> file.toString().endsWith(".md"))
          .map(file -> absolute.relativize(file).toString().replace('\\', '/'))
          .filter(Documents::isOne)
          .sorted(Comparator.comparing(Documents::rank).thenComparing(name -> name))
          .forEach(name -> addresses.put(name, address(name)));
    }
    return new Documents(absolute, addresses);
  }

  public Path root() {
    return root;
  }

  /** Rendered, the README first. */
  public List<Page> pages() throws IOException {
    Renderer renderer = new Renderer(root, addresses);
    return addresses.keySet().stream().map(renderer::page).toList();
  }

  private static boolean isOne(String name) {
    List<String> parts = List.of(name.split("/", -1));
    boolean hidden = parts.stream().anyMatch(part -> part.startsWith("."));
    boolean ofModule = name.equals("runs/README.md");
    return !hidden && (ofModule || parts.stream().noneMatch(NO_DOCUMENTS::contains));
  }

  private static int rank(String name) {
    return name.equals("README.md") ? 0 : name.endsWith("/README.md") ? 1 : 2;
  }

  private static String address(String name) {
    return name.endsWith("README.md")
        ? name.substring(0, name.length() - "README.md".length()) + "index.html"
        : name.substring(0, name.length() - ".md".length()) + ".html";
  }
}
