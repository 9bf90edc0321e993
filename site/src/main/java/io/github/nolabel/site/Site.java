package io.github.nolabel.site;

import io.github.nolabel.site.page.Documents;
import io.github.nolabel.site.page.Page;
import io.github.nolabel.site.page.Search;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Every document of a repository as a page of its own, at the place that it has there, with one
 * search over all of them. What is written opens from the file system; no page asks a network.
 */
public final class Site {

  private final Documents documents;
  private final List<Page> pages;

  private Site(Documents documents) throws IOException {
    this.documents = documents;
    this.pages = documents.pages();
  }

  /**
   * @param root the repository's folder
   * @throws IllegalStateException if a document points to something that is not there
   */
  public static Site of(Path root) throws IOException {
    return new Site(Documents.of(root));
  }

  List<Page> pages() {
    return pages;
  }

  /** Writes all pages, pictures, style and search into {@code folder}. */
  public void write(Path folder) throws IOException {
    Frame frame = Frame.around(pages);
    for (Page page : pages) {
      save(folder.resolve(page.address()), frame.of(page));
    }
    for (String asset : assets()) {
      Path to = folder.resolve(asset);
      Files.createDirectories(parent(to));
      Files.copy(documents.root().resolve(asset), to, StandardCopyOption.REPLACE_EXISTING);
    }
    save(folder.resolve("search-index.js"), Search.index(pages));
    save(folder.resolve("search.js"), resource("search.js"));
    save(folder.resolve("style.css"), resource("style.css"));
  }

  private Set<String> assets() {
    Set<String> all = new TreeSet<>();
    pages.forEach(page -> all.addAll(page.assets()));
    return all;
  }

  static String resource(String name) throws IOException {
    try (InputStream in = Objects.requireNonNull(Site.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void save(Path file, String text) throws IOException {
    Files.createDirectories(parent(file));
    Files.writeString(file, text);
  }

  private static Path parent(Path file) {
    return Objects.requireNonNull(file.toAbsolutePath().getParent());
  }
}
