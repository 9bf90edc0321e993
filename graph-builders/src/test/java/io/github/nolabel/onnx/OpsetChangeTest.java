package io.github.nolabel.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.train.OnnxModel;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpsetChangeTest {

  @ParameterizedTest
  @CsvSource({
    "small-cnn, 13, 7",
    "resnet18, 14, 7",
    "resnet18, 17, 8",
    "vit-tiny, 17, 8",
    "vit-tiny, 18, 8",
    "vit-tiny, 19, 9"
  })
  void olderOperatorsComputeTheSame(String name, int version, long format) {
    OnnxModel model = Exports.of(name, Map.of(), 16);
    OnnxModel older = OpsetChange.of(model, version);
    ModelProto proto = GraphEdits.parsed(older);
    assertThat(proto.getOpsetImport(0).getVersion()).isEqualTo(version);
    assertThat(proto.getIrVersion()).isEqualTo(format);
    Tensor images = Exports.images(2, 16, 16);
    float[] expected = Exports.features(model, images);
    float[] actual = Exports.features(older, images);
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], within(1e-5f * (1 + Math.abs(expected[i]))));
    }
  }

  @Test
  void theNewestIsWhatIsWritten() {
    OnnxModel model = Exports.of("small-cnn", Exports.TINY_CNN, 16);
    assertThat(OpsetChange.of(model, OpsetChange.NEWEST)).isSameAs(model);
  }

  @Test
  void whatAnOperatorSetLacksIsNamed() {
    OnnxModel model = Exports.of("vit-tiny", Map.of(), 16);
    assertThatThrownBy(() -> OpsetChange.of(model, 16))
        .isInstanceOf(UserMistake.class)
        .hasMessageContainingAll("--opset 16", "LayerNormalization", "Ask for 17 or newer");
  }

  @Test
  void versionsThatAreNotWrittenAreRefused() {
    OnnxModel model = Exports.of("small-cnn", Exports.TINY_CNN, 16);
    assertThatThrownBy(() -> OpsetChange.of(model, 12))
        .isInstanceOf(UserMistake.class)
        .hasMessage("--opset is 12; expected 13 to 20.");
    assertThatThrownBy(() -> OpsetChange.of(model, 21)).isInstanceOf(UserMistake.class);
  }
}
