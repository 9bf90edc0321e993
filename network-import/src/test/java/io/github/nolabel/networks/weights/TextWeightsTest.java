package io.github.nolabel.networks.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.fragment.text.TextConfig;
import io.github.nolabel.fragment.text.TextEncoder;
import io.github.nolabel.fragment.text.TextEncoderProvider;
import io.github.nolabel.fragment.text.TextEncoders;
import io.github.nolabel.testing.Interpreter;
import io.github.nolabel.testing.SafetensorsDraft;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Text towers of transformers and open_clip compute here what they do there. */
class TextWeightsTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "bert, bert-base",
    "bert-mlm, bert-tiny",
    "distilbert, bert-base",
    "distilbert-classes, bert-base",
    "clip-transformers, clip-base",
    "clip-open, clip-base"
  })
  void tokensAreTheLibrarysOwn(String name, String network) {
    TextOracle oracle = TextOracle.read(name);
    TextEncoder encoder = oracle.encoder(network);
    assertThat(encoder.featureWidth()).isEqualTo(32);
    Tensor tokens = Interpreter.require(oracle.outputs(encoder), "tokens");
    assertThat(oracle.unpadded(tokens))
        .usingComparatorWithPrecision(1e-4f)
        .containsExactly(oracle.unpadded(oracle.expected().tensor("tokens")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"clip-transformers", "clip-open"})
  void theFeatureOfClipIsItsOwn(String name) {
    TextOracle oracle = TextOracle.read(name);
    Tensor pooled = Interpreter.require(oracle.outputs(oracle.encoder("clip-base")), "pooled");
    assertThat(pooled.toFloats())
        .usingComparatorWithPrecision(1e-4f)
        .containsExactly(oracle.expected().tensor("pooled").toFloats());
  }

  @Test
  void clipsOfOthersComputeWithGelu() {
    TextOracle oracle = TextOracle.read("clip-gelu");
    TextEncoder encoder = oracle.encoder("clip-base", "activation", "gelu");
    Map<String, Tensor> outputs = oracle.outputs(encoder);
    assertThat(oracle.unpadded(Interpreter.require(outputs, "tokens")))
        .usingComparatorWithPrecision(1e-4f)
        .containsExactly(oracle.unpadded(oracle.expected().tensor("tokens")));
    assertThat(Interpreter.require(outputs, "pooled").toFloats())
        .usingComparatorWithPrecision(1e-4f)
        .containsExactly(oracle.expected().tensor("pooled").toFloats());
    assertThat(encoder.notes()).noneMatch(note -> note.contains("text.activation"));
    assertThat(oracle.encoder("clip-base").notes())
        .anyMatch(note -> note.contains("set text.activation=gelu"));
  }

  @Test
  void notesSayWhatWasTaken() {
    TextOracle bert = TextOracle.read("bert");
    assertThat(bert.encoder("bert-base").notes())
        .containsExactly(
            bert.file()
                + ": first values of all 36 parameters of the text network (2 blocks, 32 features,"
                + " 2 heads).",
            "What token type 0 adds to every token is in the positions.",
            "Of 16 positions the first 8 are taken, as text.length says.",
            "Left out, as the text network has no such parameter: pooler.dense.bias,"
                + " pooler.dense.weight");
    assertThat(String.join(" ", TextOracle.read("clip-open").encoder("clip-base").notes()))
        .contains("text_projection");
  }

  @Test
  void fewerBlocksAreTheFirstOnes() {
    TextEncoder encoder = TextOracle.read("bert").encoder("bert-base", "depth", "1");
    assertThat(String.join(" ", encoder.notes())).contains("1 blocks", "encoder.layer.1.");
  }

  @Test
  void oldNamesOfNormalisationsAreKnown() {
    Path file = changed("bert", "LayerNorm.weight", "LayerNorm.gamma");
    assertThat(TextOracle.encoder(file, "bert-base", 8, 40).notes()).hasSize(4);
  }

  @Test
  void aMissingTensorIsNamed() {
    Path file = changed("bert", "layer.1.output.dense.bias", "other");
    assertMistake(
        () -> TextOracle.encoder(file, "bert-base", 8, 40),
        "does not fit bert-base; missing: encoder.layer.1.output.dense.bias; that it computes with"
            + " and we do not: encoder.other. Leave");
  }

  /** Distances between tokens, as BERT with relative positions has, change what it computes. */
  @ParameterizedTest
  @CsvSource({
    "bert, bert-base, encoder.layer.1.attention.self.distance_embedding.weight",
    "bert, bert-base, embeddings.language_embeddings.weight",
    "bert-mlm, bert-tiny, bert.encoder.rel_embeddings.weight",
    "clip-transformers, clip-base, text_model.encoder.layers.0.self_attn.q_norm.weight",
    "clip-open, clip-base, transformer.resblocks.0.ls_1.gamma"
  })
  void whatTheNetworkComputesWithAndWeDoNotIsAnError(String name, String network, String surplus) {
    Path file = with(name, surplus);
    assertMistake(
        () -> TextOracle.encoder(file, network, 8, 40),
        "does not fit %s; that it computes with and we do not: %s. It is of another kind"
            .formatted(network, surplus));
  }

  @Test
  void whatLiesBesideTheNetworkIsLeftOut() {
    assertThat(
            String.join(
                " ", TextOracle.encoder(with("bert", "pooler.x"), "bert-base", 8, 40).notes()))
        .contains("Left out, as the text network has no such parameter", "pooler.x");
  }

  @Test
  void otherWidthsAndDepthsAreRefused() {
    TextOracle bert = TextOracle.read("bert");
    assertMistake(
        () -> bert.encoder("bert-base", "width", "64"),
        "embeddings.word_embeddings.weight is [40, 64] here and [40, 32] there",
        "Leave text.width and text.depth at 0");
    assertMistake(() -> bert.encoder("bert-base", "depth", "3"), "missing: encoder.layer.2.");
  }

  @Test
  void anotherTokenizerIsRefused() {
    Path file = TextOracle.read("bert").file();
    assertMistake(
        () -> TextOracle.encoder(file, "bert-base", 8, 41),
        "has vectors for 40 tokens, the run's tokenizer has 41 tokens. Set text.tokenizer");
  }

  @Test
  void longerTextsAreRefused() {
    Path file = TextOracle.read("bert").file();
    assertMistake(
        () -> TextOracle.encoder(file, "bert-base", 17, 40),
        "has positions for 16 tokens, text.length is 17. Set text.length=16 or less.");
  }

  @Test
  void theOtherKindOfTransformerIsRefused() {
    assertMistake(
        () -> TextOracle.read("clip-open").encoder("bert-tiny"),
        "of the kind clip, text.network = bert-tiny is another. Set text.network=clip-base");
  }

  @Test
  void damagedFilesAreRefused() throws IOException {
    byte[] whole = Files.readAllBytes(TextOracle.read("bert").file());
    Path half = Files.write(folder.resolve("half"), Arrays.copyOf(whole, whole.length / 2));
    assertMistake(
        () -> TextOracle.encoder(half, "bert-base", 8, 40), "is no safetensors file, or damaged");
    Path other = new SafetensorsDraft().floats("x", new long[] {1}, 2).write(folder.resolve("x"));
    assertMistake(
        () -> TextOracle.encoder(other, "bert-base", 8, 40),
        "holds no text network",
        "the first is 'x'");
  }

  @Test
  void networksThatOnlyShareTheNamesAreRefused() {
    Path file =
        new SafetensorsDraft()
            .floats("embeddings.word_embeddings.weight", new long[] {1, 2}, 1, 2)
            .floats("embeddings.token_type_embeddings.weight", new long[] {1, 2}, 1, 2)
            .floats("encoder.layer.0.output.dense.bias", new long[] {2}, 1, 2)
            .write(folder.resolve("roberta"));
    assertMistake(() -> TextOracle.encoder(file, "bert-base", 8, 40), "is of RoBERTa");
  }

  @Test
  void theFingerprintIsPinned() {
    TextEncoderProvider provider = TextEncoders.all().require("bert-base");
    Path file = TextOracle.read("bert").file();
    TextConfig config =
        provider.pinned(RecordOptions.with(TextConfig.DEFAULTS, "weights", file.toString()));
    assertThat(config.sha256()).hasSize(64);
    assertThat(provider.files(config)).containsExactly(file);
    TextConfig other =
        RecordOptions.override(
            config, Map.of("weights", TextOracle.read("distilbert").file().toString()));
    assertMistake(() -> provider.pinned(other), "is not the file that the run began with");
  }

  private Path changed(String name, String was, String is) {
    SafetensorsFile file = SafetensorsFile.read(TextOracle.read(name).file());
    SafetensorsDraft draft = new SafetensorsDraft();
    for (String tensor : file.entries().keySet()) {
      Tensor values = file.tensor(tensor);
      draft.floats(tensor.replace(was, is), values.shape().at(0), values.toFloats());
    }
    return draft.write(folder.resolve("changed.safetensors"));
  }

  private Path with(String name, String surplus) {
    SafetensorsFile file = SafetensorsFile.read(TextOracle.read(name).file());
    SafetensorsDraft draft = new SafetensorsDraft().floats(surplus, new long[] {2}, 1, 2);
    for (String tensor : file.entries().keySet()) {
      Tensor values = file.tensor(tensor);
      draft.floats(tensor, values.shape().at(0), values.toFloats());
    }
    return draft.write(folder.resolve("with.safetensors"));
  }

  private static void assertMistake(Runnable doing, String... parts) {
    assertThatThrownBy(doing::run).isInstanceOf(UserMistake.class).hasMessageContainingAll(parts);
  }
}
