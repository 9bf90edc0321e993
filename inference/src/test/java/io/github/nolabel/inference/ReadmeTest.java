package io.github.nolabel.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the README shows is what runs here. */
class ReadmeTest {

  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @Test
  void theExampleRuns() {
    Path file = Stored.BACKBONE;
    Path photo = Stored.photos().get(0);
    List<Path> photos = Stored.photos();

    try (ExportedBackbone backbone = ExportedBackbone.open(file)) {
      float[] features = backbone.embed(photo);
      float[][] all = backbone.embedFiles(photos);
      String method = backbone.card().provenance().get("method");

      assertThat(all).hasDimensions(36, 16);
      assertThat(all[0]).containsExactly(features, within(1e-4f));
      assertThat(method).isEqualTo("simclr");
    }
  }

  @Test
  void theReadmeShowsIt() throws IOException {
    String test =
        Files.readString(
            Path.of("src/test/java", getClass().getName().replace('.', '/') + ".java"));
    Matcher block = JAVA.matcher(Files.readString(Path.of("README.md")));
    assertThat(block.find()).isTrue();
    String shown = block.group(1);
    assertThat(test.indent(-4)).contains(shown.substring(0, shown.lastIndexOf('}')));
  }
}
