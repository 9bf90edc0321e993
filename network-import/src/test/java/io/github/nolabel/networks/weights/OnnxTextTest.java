package io.github.nolabel.networks.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.fragment.text.TextEncoder;
import io.github.nolabel.testing.Interpreter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of BERT that PyTorch's two exporters wrote. */
class OnnxTextTest {

  private static final TextOracle BERT = TextOracle.read("bert");

  @ParameterizedTest
  @ValueSource(strings = {"bert-script", "bert-dynamo", "bert-index-script"})
  void tokensAreTheExportersOwn(String name) {
    TextEncoder encoder = encoder(name, 8, 40);
    assertThat(encoder.featureWidth()).isEqualTo(32);
    Tensor tokens = Interpreter.require(BERT.outputs(encoder), "tokens");
    assertThat(BERT.unpadded(tokens))
        .usingComparatorWithPrecision(1e-4f)
        .containsExactly(BERT.unpadded(BERT.expected().tensor("tokens")));
  }

  @Test
  void anotherTokenizerIsRefused() {
    assertThatThrownBy(() -> encoder("bert-script", 8, 41))
        .isInstanceOf(UserMistake.class)
        .hasMessageContainingAll("has vectors for 40 tokens", "Set text.tokenizer");
  }

  private static TextEncoder encoder(String name, int length, int vocabulary) {
    Path file = BERT.file().resolveSibling(name + ".onnx");
    return TextOracle.encoder(file, "onnx", length, vocabulary, "heads", "0");
  }
}
