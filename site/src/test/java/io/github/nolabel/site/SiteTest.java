package io.github.nolabel.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.site.page.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The site of this repository. */
class SiteTest {

  private static final Pattern LOADED = Pattern.compile("(?:src|link [^>]*href)=\"([^\"]*)\"");

  @TempDir static Path folder;
  private static List<Page> pages = List.of();

  @BeforeAll
  static void build() throws IOException {
    Site site = Site.of(Repository.ROOT);
    site.write(folder);
    pages = site.pages();
  }

  @Test
  void everyDocumentIsAPage() {
    assertThat(pages)
        .extracting(Page::source)
        .startsWith("README.md")
        .contains("docs/architecture.md", "docs/troubleshooting.md", "data/README.md")
        .contains("CONTRIBUTING.md", "decisions/0001-the-backward-pass-is-built-in-java.md")
        .noneMatch(source -> source.contains("/src/"));
  }

  @Test
  void everyLinkLeadsToAPageAndAHeadingThatIsThere() {
    Map<String, Page> byAddress =
        pages.stream().collect(Collectors.toMap(Page::address, Function.identity()));
    List<String> dead = new ArrayList<>();
    for (Page page : pages) {
      for (String link : page.links()) {
        String[] parts = link.split("#", 2);
        Page target = byAddress.get(parts[0]);
        if (target == null || (parts.length > 1 && !target.anchors().contains(parts[1]))) {
          dead.add(page.source() + " -> " + link);
        }
      }
    }
    assertThat(dead).isEmpty();
  }

  @Test
  void everyPageLoadsOnlyWhatLiesBesideIt() throws IOException {
    for (Page page : pages) {
      Path file = folder.resolve(page.address());
      Matcher loaded = LOADED.matcher(Files.readString(file));
      while (loaded.find()) {
        assertThat(file.resolveSibling(loaded.group(1))).as(page.source()).exists();
      }
    }
  }

  @Test
  void everyHeadingCanBeFound() throws IOException {
    String index = Files.readString(folder.resolve("search-index.js"));
    for (Page page : pages) {
      assertThat(page.sections()).as(page.source()).isNotEmpty();
      page.anchors().forEach(a -> assertThat(index).contains(page.address() + "#" + a));
    }
  }

  @Test
  void everyPageIsReachedFromTheFirst() throws IOException {
    String first = Files.readString(folder.resolve("index.html"));
    pages.forEach(page -> assertThat(first).contains("href=\"" + page.address() + "\""));
  }
}
