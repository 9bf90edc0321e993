package io.github.nolabel.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.inference.generate.Generation;
import io.github.nolabel.inference.generate.Sampling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
  void theSearchRuns() {
    Path run = Stored.SEARCH;
    List<Path> photos = Stored.shapes();

    try (ExportedBackbone images = ExportedBackbone.open(run.resolve("image.onnx"));
        ExportedTexts texts = ExportedTexts.open(run.resolve("text.onnx"))) {
      ImageSearch search = ImageSearch.over(images, photos);
      List<ImageSearch.Hit> hits = search.find(texts, "a red square", 3);
      Path best = hits.get(0).image();

      assertThat(hits).hasSize(3);
      assertThat(best.getFileName()).hasToString("red-square-02.png");
    }
  }

  @Test
  void theCaptionsAreWritten() {
    Path run = Stored.CAPTIONS;
    Path photo = Stored.photos().get(0);

    try (ExportedCaptioner captioner = ExportedCaptioner.open(run.resolve("decoder.onnx"))) {
      String likeliest = captioner.caption(photo, Generation.DEFAULTS);
      String drawn =
          captioner.caption(photo, Generation.DEFAULTS.withSampling(Sampling.NUCLEUS).withSeed(1));

      assertThat(likeliest).isEqualTo(captioner.caption(photo, Generation.DEFAULTS));
      assertThat(drawn).isNotNull();
    }
  }

  @Test
  void theReadmeShowsThem() throws IOException {
    String test =
        Files.readString(
            Path.of("src/test/java", getClass().getName().replace('.', '/') + ".java"));
    List<String> shown =
        JAVA.matcher(Files.readString(Path.of("README.md")))
            .results()
            .map(block -> block.group(1))
            .toList();
    assertThat(shown).hasSize(3);
    for (String block : shown) {
      assertThat(test.indent(-4)).contains(block.substring(0, block.lastIndexOf('}')));
    }
  }
}
