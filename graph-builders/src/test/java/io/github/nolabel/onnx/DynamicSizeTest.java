package io.github.nolabel.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.OnnxModel;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.backbone.Backbones;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DynamicSizeTest {

  static Stream<Arguments> networks() {
    return Stream.of(
        Arguments.of("vit-tiny", Map.of("patchSize", "4")),
        Arguments.of("vit-tiny", Map.of("patchSize", "4", "pooling", "mean")),
        Arguments.of("vit-tiny", Map.of("patchSize", "4", "registers", "3", "pooling", "mean")),
        Arguments.of("vit-tiny", Map.of("patchSize", "4", "positions", "sine")),
        Arguments.of("resnet18", Map.of()),
        Arguments.of("small-cnn", Exports.TINY_CNN));
  }

  /** At other sizes the network itself, built for them, interpolates with a matrix of its own. */
  @ParameterizedTest
  @MethodSource("networks")
  void oneFileGivesWhatANetworkOfEachSizeGives(String name, Map<String, String> options) {
    Backbone network = Backbones.create(name, options, 24);
    OnnxModel any = DynamicSize.of(Exports.of(network, 24, 24));
    for (int size : new int[] {24, 32, 16, 40}) {
      Tensor images = Exports.images(2, size, size);
      assertClose(
          Exports.features(any, images),
          Exports.features(Exports.of(network, size, size), images),
          size);
    }
  }

  @Test
  void heightAndWidthNeedNotBeEqual() {
    Backbone network = Backbones.create("vit-tiny", Map.of("patchSize", "4"), 24);
    OnnxModel any = DynamicSize.of(Exports.of(network, 24, 24));
    float[] features = Exports.features(any, Exports.images(1, 16, 36));
    assertThat(features).hasSize(192).doesNotContain(Float.NaN);
  }

  @Test
  void itIsReadAtTheSizeOfTraining() {
    OnnxModel fixed = Exports.of("vit-tiny", Map.of("patchSize", "4"), 24);
    OnnxModel any = DynamicSize.of(fixed);
    assertThat(DynamicSize.at(fixed.bytes(), 24)).isEmpty();
    OnnxModel read = DynamicSize.at(any.bytes(), 24).orElseThrow();
    assertThat(read.inputs()).isEqualTo(fixed.inputs());
    assertThat(read.outputs()).isEqualTo(fixed.outputs());
  }

  private static void assertClose(float[] actual, float[] expected, int size) {
    assertThat(actual).as("images of %d", size).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i])
          .as("images of %d", size)
          .isCloseTo(expected[i], within(1e-5f * (1 + Math.abs(expected[i]))));
    }
  }
}
