package io.github.nolabel.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.train.DeviceSettings;
import io.github.nolabel.api.train.Embedder;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.data.DatasetSettings;
import io.github.nolabel.data.Datasets;
import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.data.PreparedImages;
import io.github.nolabel.evaluation.FeatureMatrix;
import io.github.nolabel.runs.model.BackboneFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples run, and the README shows exactly what runs. */
class ExamplesTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath();

  @TempDir Path directory;

  @Test
  void theJavaExampleWritesABackbone() throws IOException {
    Path backbone = directory.resolve("backbone.onnx");
    PretrainInJava.pretrain(photos(), directory.resolve("run"), backbone, 4, 2);
    assertThat(featuresOf(backbone)).hasSize(12 * 192);
  }

  @Test
  void theKotlinExampleWritesABackbone() throws IOException {
    Path backbone = directory.resolve("backbone.onnx");
    PretrainInKotlin.pretrain(photos(), directory.resolve("run"), backbone, 4, 2);
    assertThat(featuresOf(backbone)).hasSize(12 * 192);
  }

  @Test
  void theReadmeShowsTheseExamples() throws IOException {
    String readme = Files.readString(ROOT.resolve("README.md"));
    assertThat(readme).contains(shown("java", "PretrainInJava.java"));
    assertThat(readme).contains(shown("kotlin", "PretrainInKotlin.kt"));
  }

  /** The exported file says itself how images are prepared for it. */
  private float[] featuresOf(Path backbone) {
    TrainingRuntime runtime = TrainingRuntime.find();
    BackboneFile file = BackboneFile.read(backbone, runtime);
    ImageDataset images =
        Datasets.images(
            "folder:" + directory.resolve("photos"), DatasetSettings.DEFAULTS, notice -> {});
    PreparedImages prepared = PreparedImages.of(images, file.card().preprocessing());
    try (Embedder embedder = runtime.embedder(file.model(), DeviceSettings.DEFAULTS)) {
      return FeatureMatrix.embed(embedder, prepared.batches(12)).values();
    }
  }

  private static String shown(String language, String file) throws IOException {
    Path source = Path.of("src/main", language, "io/github/nolabel/examples", file);
    try (Stream<String> lines = Files.lines(source)) {
      List<String> body =
          lines
              .dropWhile(line -> !line.contains("README:begin"))
              .skip(1)
              .takeWhile(line -> !line.contains("README:end"))
              .toList();
      return String.join("\n", body).stripIndent();
    }
  }

  private Path photos() throws IOException {
    return Shapes.write(directory.resolve("photos"), 12);
  }
}
