package io.github.nolabel.networks.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.fragment.text.TextEncoder;
import io.github.nolabel.testing.Interpreter;
import io.github.nolabel.testing.OnnxDraft;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of text networks that PyTorch's two exporters wrote. */
class OnnxTextTest {

  @TempDir Path folder;

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

  /**
   * Positions as an input; places that are summed up; relative positions; a file for one text, by
   * both exporters, one of them with 32-bit ids; no mask.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "bert-positions-script",
        "roberta-dynamo",
        "mpnet-script",
        "roberta-one-script",
        "distilbert-one-dynamo",
        "clip-ids-script"
      })
  void modelsOfTransformersComputeAsThere(String name) {
    TextOracle oracle = oracle(name);
    Tensor tokens = Interpreter.require(oracle.outputs(encoder(name, 8, 40)), "tokens");
    assertThat(oracle.unpadded(tokens))
        .usingComparatorWithPrecision(1e-4f)
        .containsExactly(oracle.unpadded(oracle.expected().tensor("tokens")));
  }

  @Test
  void theFeatureIsThatOfTheChosenToken() {
    TextOracle oracle = oracle("clip-ids-script");
    float[] tokens = oracle.expected().tensor("tokens").toFloats();
    int width = 32;
    int[][] seen = {{0, 8}, {8, 13}};
    float[] last = new float[2 * width];
    float[] mean = new float[2 * width];
    for (int i = 0; i < last.length; i++) {
      int[] text = seen[i / width];
      last[i] = tokens[(text[1] - 1) * width + i % width];
      for (int token = text[0]; token < text[1]; token++) {
        mean[i] += tokens[token * width + i % width] / (text[1] - text[0]);
      }
    }
    assertPooled(oracle, "last", last);
    assertPooled(oracle, "mean", mean);
  }

  private static void assertPooled(TextOracle oracle, String pooling, float[] wanted) {
    TextEncoder encoder = encoder("clip-ids-script", 8, 40, "pooling", pooling);
    assertThat(Interpreter.require(oracle.outputs(encoder), "pooled").toFloats())
        .usingComparatorWithPrecision(1e-4f)
        .containsExactly(wanted);
  }

  @Test
  void notesSayWhatWasAssumed() {
    assertThat(encoder("roberta-one-script", 8, 40).notes())
        .anyMatch(note -> note.startsWith("It was exported for batches of 1"));
    assertThat(encoder("clip-ids-script", 8, 40).notes())
        .anyMatch(note -> note.contains("takes no attention_mask"));
    assertThat(encoder("bert-positions-script", 8, 40).notes())
        .anyMatch(note -> note.startsWith("position_ids are fed as 0, 1, 2"));
    assertThat(encoder("roberta-dynamo", 8, 40).notes()).hasSize(1);
  }

  @Test
  void filesForAnotherLengthAreRefused() {
    assertThatThrownBy(() -> encoder("distilbert-one-dynamo", 6, 40))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("takes texts of 8 tokens, text.length is 6. Set text.length=8");
  }

  @Test
  void networksOfOtherInputsAreRefused() {
    Path file =
        new OnnxDraft(17)
            .input("input_ids", -1, 8)
            .input("pixel_values", -1, 8)
            .node("tokens = Add(input_ids, pixel_values)")
            .output("tokens")
            .write(folder.resolve("both.onnx"));
    assertThatThrownBy(() -> TextOracle.encoder(file, "onnx", 8, 40, "heads", "0"))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("takes input_ids, pixel_values, expected input_ids and, at most");
  }

  @Test
  void anotherTokenizerIsRefused() {
    assertThatThrownBy(() -> encoder("bert-script", 8, 41))
        .isInstanceOf(UserMistake.class)
        .hasMessageContainingAll("has vectors for 40 tokens", "Set text.tokenizer");
  }

  private static TextOracle oracle(String name) {
    Path expected = BERT.file().resolveSibling(name + "-expected.safetensors");
    return new TextOracle(BERT.file(), SafetensorsFile.read(expected));
  }

  private static TextEncoder encoder(String name, int length, int vocabulary, String... options) {
    Path file = BERT.file().resolveSibling(name + ".onnx");
    String[] all = Arrays.copyOf(options, options.length + 2);
    all[options.length] = "heads";
    all[options.length + 1] = "0";
    return TextOracle.encoder(file, "onnx", length, vocabulary, all);
  }
}
