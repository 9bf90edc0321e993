package io.github.nolabel.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a browser, where there is one: what it shows once its script has searched. */
class BrowserTest {

  private static final Pattern NAME = Pattern.compile("<b>([^<]*)</b><small>([^<]*)</small>");

  @TempDir private Path tmp;
  private Optional<SearchServer> server = Optional.empty();

  private String shown(SearchModel model, String address) throws Exception {
    Browser browser = Browser.in(tmp);
    Path photos = Files.createDirectory(tmp.resolve("photos"));
    Colours.write(photos, "blue.png", Color.BLUE);
    Colours.write(photos, "green.png", Color.GREEN);
    Colours.write(photos, "red <b>.png", Color.RED);
    SearchIndex index =
        SearchIndex.open(Colours.folder(photos), model, tmp.resolve("index"), notice -> {});
    SearchServer started = SearchServer.start(index, ServerSettings.DEFAULTS.withPort(0));
    server = Optional.of(started);
    return browser.shown(started.address().resolve(address));
  }

  @AfterEach
  void close() {
    server.ifPresent(SearchServer::close);
  }

  private static List<String> results(String dom) {
    return NAME.matcher(dom)
        .results()
        .map((MatchResult found) -> found.group(1) + " " + found.group(2))
        .toList();
  }

  @Test
  void anImageFindsItsNeighbours() throws Exception {
    SearchModel model = Colours.model("m", new AtomicInteger());
    String dom = shown(model, "/?example=2");
    assertThat(results(dom))
        .containsExactly("1.000 red &lt;b&gt;.png", "0.000 blue.png", "0.000 green.png");
    assertThat(dom).contains("3 pictures, mean colour", "Like red &lt;b&gt;.png");
    assertThat(dom).containsPattern("<form[^>]* hidden");
  }

  @Test
  void wordsFindImages() throws Exception {
    String dom = shown(Colours.withTexts(), "/?text=blue");
    assertThat(results(dom)).hasSize(3).startsWith("1.000 blue.png");
    assertThat(dom).doesNotContainPattern("<form[^>]* hidden");
  }

  @Test
  void withoutAQuestionSomeImagesAreShown() throws Exception {
    String dom = shown(Colours.withTexts(), "/");
    assertThat(dom).contains("Some of the pictures", "data-image=\"0\"", "data-image=\"2\"");
  }

  @Test
  void aMistakeIsToldOnThePage() throws Exception {
    String dom = shown(Colours.withTexts(), "/?example=77");
    assertThat(dom).containsPattern("role=\"alert\"[^>]*>There is no image '77'");
  }
}
