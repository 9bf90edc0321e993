package io.github.nolabel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.serve.Browser;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A folder of one's own is trained on, reported, exported and searched, in a browser if any. */
class NewcomersPathTest {

  private static final Pattern RESULT =
      Pattern.compile("title=\"Find pictures like class-(\\d)/[^\"]*\">.*?<b>([^<]*)</b>");

  @TempDir Path tmp;

  @Test
  @Timeout(240)
  void fromAFolderToASearchPage() throws Exception {
    Path photos = TinyPhotos.labelled(tmp.resolve("photos"), 12);
    Path run = tmp.resolve("run");
    Path backbone = tmp.resolve("backbone.onnx");
    typed(
        "pretrain",
        "--preset=small",
        "--data=folder:" + photos,
        "--epochs=3",
        "--batch-size=8",
        "--image-size=16",
        "--set=backbone.width=8",
        "--set=backbone.stages=3",
        "--out=" + run);
    Typed report = typed("report", run.toString());
    assertThat(report.out()).contains(run.resolve("report.html").toString());
    typed("export", run.toString(), "--output=" + backbone);
    Served served = Served.of(backbone, photos);
    try {
      look(run.resolve("report.html").toUri(), served.address());
    } finally {
      assertThat(served.interrupt()).isZero();
    }
  }

  private static Typed typed(String... args) {
    Typed typed = Typed.nolabel(args);
    assertThat(typed.exitCode()).as(typed.err()).isZero();
    return typed;
  }

  /** The photo asked for comes first, and those of its colour before all others. */
  private void look(URI report, URI search) throws Exception {
    Browser browser = Browser.in(tmp);
    assertThat(browser.shown(report))
        .contains("simclr on small-cnn", "<svg", "What is taken for what");
    String dom = browser.shown(search.resolve("/?example=14"));
    List<MatchResult> results = RESULT.matcher(dom).results().toList();
    assertThat(results).as(dom).hasSizeGreaterThan(8);
    assertThat(results.get(0).group(2)).isEqualTo("1.000");
    assertThat(results.subList(0, 6)).extracting(result -> result.group(1)).containsOnly("1");
  }
}
