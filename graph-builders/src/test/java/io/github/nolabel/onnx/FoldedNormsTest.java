package io.github.nolabel.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.OnnxModel;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FoldedNormsTest {

  @ParameterizedTest
  @ValueSource(strings = {"resnet18", "resnet50", "small-cnn"})
  void foldingChangesRoundingAlone(String name) {
    OnnxModel model = Exports.of(name, Map.of(), 32);
    OnnxModel folded = FoldedNorms.of(model);
    assertThat(operators(model)).contains("BatchNormalization");
    assertThat(operators(folded)).contains("Conv").doesNotContain("BatchNormalization");
    Tensor images = Exports.images(2, 32, 32);
    float[] before = Exports.features(model, images);
    float[] after = Exports.features(folded, images);
    float largest = 0;
    for (float value : before) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < before.length; i++) {
      assertThat(after[i] / largest).isCloseTo(before[i] / largest, within(1e-5f));
    }
  }

  @Test
  void transformersStayAsTheyAre() {
    OnnxModel model = Exports.of("vit-tiny", Map.of(), 16);
    assertThat(operators(FoldedNorms.of(model))).isEqualTo(operators(model));
  }

  private static List<String> operators(OnnxModel model) {
    return GraphEdits.parsed(model).getGraph().getNodeList().stream()
        .map(node -> node.getOpType())
        .toList();
  }
}
