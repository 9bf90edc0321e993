package io.github.nolabel.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.train.OnnxModel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EightBitConvolutionsTest {

  /** Zero is exact, the least and the largest value are half a step away at most. */
  @ParameterizedTest
  @CsvSource({"0, 2.55, 0.01, 0", "-1.28, 1.27, 0.01, 128", "-2.55, -1, 0.01, 255", "0, 0, 1, 0"})
  void rangesHoldZero(float low, float high, float scale, int zero) {
    Range range = new Range(low, high);
    assertThat(range.scale()).isCloseTo(scale, within(1e-7f));
    assertThat(range.zero()).isEqualTo(zero);
  }

  @ParameterizedTest
  @CsvSource({"small-cnn, 0.999", "resnet18, 0.99", "resnet50, 0.98"})
  void aQuarterOfTheSizeAndNearlyTheSameFeatures(String name, double least) {
    OnnxModel folded = FoldedNorms.of(Exports.of(name, Map.of(), 32));
    OnnxModel eight = EightBitConvolutions.of(folded, ranges(folded, 16));
    assertThat((double) eight.bytes().length / folded.bytes().length).isBetween(0.2, 0.35);
    Tensor images = Exports.images(16, 32, 32);
    assertThat(cosine(Exports.features(folded, images), Exports.features(eight, images)))
        .isBetween(least, 0.9999999);
  }

  @Test
  void theStemOfPhotosPoolsIntegers() {
    OnnxModel folded = FoldedNorms.of(Exports.of("resnet18", Map.of("stem", "imagenet"), 64));
    EightBitRanges asking = EightBitRanges.of(folded);
    assertThat(asking.names()).contains("images").doesNotContain("features");
    OnnxModel eight = EightBitConvolutions.of(folded, ranges(folded, 4));
    GraphProto graph = GraphEdits.parsed(eight).getGraph();
    assertThat(
            graph.getNodeList().stream()
                .filter(node -> node.getOpType().equals("MaxPool"))
                .map(node -> node.getInput(0).endsWith(":rounded")))
        .containsExactly(true);
    Tensor images = Exports.images(4, 64, 64);
    assertThat(cosine(Exports.features(folded, images), Exports.features(eight, images)))
        .isGreaterThan(0.99);
  }

  /** As Nagel et al. 2021 (arXiv 2106.08295) write weights: {@code |w - scale q| <= scale / 2}. */
  @Test
  void weightsAreHalfAStepAwayAtMost() {
    OnnxModel folded = FoldedNorms.of(Exports.of("small-cnn", Exports.TINY_CNN, 16));
    OnnxModel eight = EightBitConvolutions.of(folded, ranges(folded, 4));
    Map<String, TensorProto> before = GraphEdits.constants(GraphEdits.parsed(folded).getGraph());
    Map<String, TensorProto> after = GraphEdits.constants(GraphEdits.parsed(eight).getGraph());
    int compared = 0;
    for (Map.Entry<String, TensorProto> entry : before.entrySet()) {
      if (!entry.getKey().endsWith(":weight")) {
        continue;
      }
      float[] weights = GraphEdits.floats(entry.getValue());
      byte[] integers = required(after, entry.getKey() + ":int").getRawData().toByteArray();
      float[] scales = GraphEdits.floats(required(after, entry.getKey() + ":scales"));
      for (int i = 0; i < weights.length; i++) {
        float scale = scales[i / (weights.length / scales.length)];
        assertThat(scale * integers[i]).isCloseTo(weights[i], within(0.5001f * scale));
        compared++;
      }
    }
    assertThat(compared).isEqualTo(8 * 27 + 16 * 8 * 9);
  }

  @Test
  void transformersAreRefused() {
    assertThatThrownBy(() -> EightBitRanges.of(Exports.of("vit-tiny", Map.of(), 16)))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("Export it with --precision int8,");
  }

  private static TensorProto required(Map<String, TensorProto> tensors, String name) {
    return Objects.requireNonNull(tensors.get(name), name);
  }

  private static Map<String, Range> ranges(OnnxModel folded, int images) {
    EightBitRanges asking = EightBitRanges.of(folded);
    int size = (int) folded.inputs().get(0).shape().extent(2);
    float[] rows = Exports.features(asking.model(), Exports.images(images, size, size));
    int columns = 2 * asking.names().size();
    Map<String, Range> ranges = new LinkedHashMap<>();
    for (int i = 0; i < asking.names().size(); i++) {
      float low = 0;
      float high = 0;
      for (int row = 0; row < images; row++) {
        low = Math.min(low, rows[row * columns + 2 * i]);
        high = Math.max(high, rows[row * columns + 2 * i + 1]);
      }
      ranges.put(asking.names().get(i), new Range(low, high));
    }
    return ranges;
  }

  private static double cosine(float[] a, float[] b) {
    double product = 0;
    double lengths = 0;
    double other = 0;
    for (int i = 0; i < a.length; i++) {
      product += (double) a[i] * b[i];
      lengths += (double) a[i] * a[i];
      other += (double) b[i] * b[i];
    }
    return product / Math.sqrt(lengths * other);
  }
}
