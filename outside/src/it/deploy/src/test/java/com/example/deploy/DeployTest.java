package com.example.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.inference.ExportedBackbone;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeployTest {

  /** What the project "quickstart" has left: a backbone, photos, and their features while there. */
  private static final Path DEPLOYED = Path.of("..", "quickstart", "target", "deployed");

  private static final List<Path> PHOTOS =
      IntStream.range(0, 5).mapToObj(i -> DEPLOYED.resolve("photos/" + i + ".png")).toList();

  @Test
  void theStockRuntimeSeesWhatTrainingSaw() throws IOException {
    try (ExportedBackbone backbone = ExportedBackbone.open(DEPLOYED.resolve("backbone.onnx"))) {
      assertThat(backbone.card().provenance()).containsEntry("method", "simclr");
      float[][] features = backbone.embedFiles(PHOTOS);
      FloatBuffer expected = numpyFloats(DEPLOYED.resolve("features.npy"));
      assertThat(expected.remaining()).isEqualTo(PHOTOS.size() * backbone.featureWidth());
      for (float[] row : features) {
        float[] expectedRow = new float[row.length];
        expected.get(expectedRow);
        assertThat(row).containsExactly(expectedRow, within(1e-4f));
      }
      assertThat(features[0]).isNotEqualTo(features[1]);
    }
  }

  @Test
  void whatDeploysIsAllOfNolabelThatIsHere() {
    List<String> jars =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(entry -> Path.of(entry).getFileName().toString())
            .filter(name -> name.startsWith("nolabel-"))
            .map(name -> name.replaceFirst("-\\d.*", ""))
            .toList();
    assertThat(jars)
        .containsExactlyInAnyOrder(
            "nolabel-api",
            "nolabel-data",
            "nolabel-evaluation",
            "nolabel-inference",
            "nolabel-text");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "io.github.nolabel.runs.Run",
        "io.github.nolabel.method.MethodProvider",
        "io.github.nolabel.autodiff.GradientProvider",
        "com.google.inject.Guice",
        "org.bytedeco.onnxruntime.TrainingSession"
      })
  void nothingThatTrainsIsHere(String training) {
    assertThat(DeployTest.class.getClassLoader().getResource(training.replace('.', '/') + ".class"))
        .isNull();
  }

  private static FloatBuffer numpyFloats(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int header = bytes.getShort(8);
    return bytes.position(10 + header).slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
  }
}
