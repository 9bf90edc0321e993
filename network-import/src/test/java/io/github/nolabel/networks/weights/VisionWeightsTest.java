package io.github.nolabel.networks.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.backbone.Backbones;
import io.github.nolabel.fragment.backbone.VisionTransformer;
import io.github.nolabel.fragment.backbone.VisionTransformerConfig;
import io.github.nolabel.testing.SafetensorsDraft;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What other vision transformers have besides; see {@code vit/make.py} among the resources. */
class VisionWeightsTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "timm-scale, 1, layerScale=0.5",
    "timm-registers, 1, layerScale=0.5;registers=2",
    "timm-normed, 1, qkNorm=true",
    "transformers-dinov2, 1, layerScale=0.5;registers=3",
    "transformers-classifier, 2, patchSize=8"
  })
  void theFeatureIsTheLibrarysOwn(String name, int depth, String options) {
    SafetensorsFile expected = SafetensorsFile.read(file(name + "-expected"));
    Backbone backbone = network(depth, options).withWeights(file(name));
    assertThat(FirstValues.feature(backbone, expected.tensor("images")))
        .usingComparatorWithPrecision(1e-4f)
        .containsExactly(expected.tensor("feature").toFloats());
  }

  /** What they were trained with would be left out, and the features be others. */
  @ParameterizedTest
  @CsvSource({
    "timm-scale, blocks.0.ls1.gamma",
    "timm-registers, reg_token",
    "timm-normed, blocks.0.attn.q_norm.weight"
  })
  void aPlainTransformerRefusesThem(String name, String surplus) {
    assertThatThrownBy(() -> network(1, "patchSize=8").withWeights(file(name)))
        .isInstanceOf(UserMistake.class)
        .hasMessageContainingAll("computes with and we do not: ", surplus);
  }

  @ParameterizedTest
  @ValueSource(strings = {"layerScale=0.1", "registers=3", "qkNorm=true"})
  void theFileDecides(String option) {
    Map<String, String> options = new TreeMap<>(Map.of("patchSize", "8"));
    options.put(option.split("=", 2)[0], option.split("=", 2)[1]);
    Map<String, Tensor> values = FirstValues.of(Backbones.create("vit-tiny", options, 16));
    Path file = write(values, path -> path.replace('/', '.'));
    Backbone backbone = Backbones.create("vit-tiny", Map.of("weights", file.toString()), 16);
    assertThat(FirstValues.of(backbone).keySet()).isEqualTo(values.keySet());
    assertThat(backbone.notes()).noneMatch(note -> note.contains("start anew"));
  }

  /** Hu et al. 2018 put theirs into each block of a residual network. */
  @Test
  void squeezeAndExcitationInAResNetIsRefused() {
    Map<String, Tensor> values = FirstValues.of(Backbones.create("resnet18", Map.of(), 16));
    values.put("layer1/0/se/fc1/weight", Tensor.of(new float[] {1, 2}, 2));
    Path file = write(values, path -> path.replace('/', '.'));
    Map<String, String> weights = new TreeMap<>(Map.of("weights", file.toString()));
    assertThatThrownBy(() -> Backbones.create("resnet18", weights, 16))
        .isInstanceOf(UserMistake.class)
        .hasMessageContainingAll("layer1.0.se.fc1.weight", "backbone.partialWeights=true");
    weights.put("partialWeights", "true");
    assertThat(Backbones.create("resnet18", weights, 16).notes())
        .anyMatch(note -> note.contains("no such parameter: layer1.0.se.fc1.weight"));
  }

  private Path write(Map<String, Tensor> values, UnaryOperator<String> name) {
    SafetensorsDraft draft = new SafetensorsDraft();
    values.forEach(
        (p, tensor) -> draft.floats(name.apply(p), tensor.shape().at(0), tensor.toFloats()));
    return draft.write(folder.resolve("weights.safetensors"));
  }

  private static Backbone network(int depth, String options) {
    Map<String, String> all = new TreeMap<>(Map.of("patchSize", "8"));
    for (String option : options.split(";", -1)) {
      all.put(option.split("=", 2)[0], option.split("=", 2)[1]);
    }
    VisionTransformerConfig config = RecordOptions.override(VisionTransformerConfig.DEFAULTS, all);
    return new VisionTransformer(32, depth, 2, config, 16);
  }

  private static Path file(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(
                  VisionWeightsTest.class.getResource("/vit/" + name + ".safetensors"))
              .toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
