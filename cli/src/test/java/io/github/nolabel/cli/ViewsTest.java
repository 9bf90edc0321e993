package io.github.nolabel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ViewsTest {

  private static final Pattern PICTURE = Pattern.compile("<img src=\"(data:[^\"]+)\"");

  @TempDir Path tmp;

  private Path photos = Path.of("");

  @BeforeEach
  void draw() {
    photos = TinyPhotos.labelled(tmp.resolve("photos"), 8);
  }

  @Test
  void everyImageStandsBesideItsViews() throws IOException {
    Path page = tmp.resolve("pages/dino.html");
    Typed typed = views(page, "dino", "--images=3", "--set=numCrops=4");
    assertThat(typed.out()).isEqualToIgnoringNewLines("Views: " + page);
    assertThat(Files.readString(page)).contains("Views of dino", "local");
    assertThat(pictures(page)).as("3 images, each with 2 global and 4 local crops").hasSize(3 * 7);
    assertThat(Files.readString(page)).doesNotContain("<script", "http:", "https:");
  }

  @Test
  void optionsAndSeedDecideWhatIsSeen() throws IOException {
    List<String> first = seen("--seed=1");
    assertThat(seen("--seed=1")).isEqualTo(first);
    assertThat(seen("--seed=2")).isNotEqualTo(first).hasSameSizeAs(first);
    assertThat(seen("--seed=1", "--preset=cifar")).isNotEqualTo(first);
  }

  private List<String> seen(String... flags) throws IOException {
    Path page = tmp.resolve("views.html");
    List<String> all = new ArrayList<>(List.of("simclr", "--images=2", "--image-size=16"));
    all.addAll(List.of(flags));
    views(page, all.toArray(String[]::new));
    return pictures(page);
  }

  private Typed views(Path page, String... flags) {
    List<String> all =
        new ArrayList<>(List.of("views", "--data=folder:" + photos, "--output=" + page));
    all.addAll(List.of(flags));
    Typed typed = Typed.nolabel(all.toArray(String[]::new));
    assertThat(typed.exitCode()).as(typed.err()).isZero();
    return typed;
  }

  private static List<String> pictures(Path page) throws IOException {
    return PICTURE.matcher(Files.readString(page)).results().map(found -> found.group(1)).toList();
  }
}
