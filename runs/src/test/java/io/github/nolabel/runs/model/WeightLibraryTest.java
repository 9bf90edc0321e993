package io.github.nolabel.runs.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.view.Normalisation;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.inference.ModelCard;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names from the state_dict of torchvision 0.28 and timm 1.0.29. */
class WeightLibraryTest {

  @ParameterizedTest
  @CsvSource({
    "conv1/weight, conv1.weight",
    "layer2/0/downsample/1/running_var, layer2.0.downsample.1.running_var",
  })
  void residualNetworksShareTheirNames(String path, String name) {
    assertThat(WeightLibrary.TIMM.name(path, false)).contains(name);
    assertThat(WeightLibrary.TORCHVISION.name(path, false)).contains(name);
  }

  @ParameterizedTest
  @CsvSource({
    "cls_token, cls_token, class_token",
    "pos_embed, pos_embed, encoder.pos_embedding",
    "patch_embed/proj/bias, patch_embed.proj.bias, conv_proj.bias",
    "blocks/11/norm1/weight, blocks.11.norm1.weight, encoder.layers.encoder_layer_11.ln_1.weight",
    "blocks/0/attn/qkv/bias, blocks.0.attn.qkv.bias, encoder.layers.encoder_layer_0.self_attention.in_proj_bias",
    "blocks/0/attn/proj/weight, blocks.0.attn.proj.weight, encoder.layers.encoder_layer_0.self_attention.out_proj.weight",
    "blocks/3/mlp/fc1/weight, blocks.3.mlp.fc1.weight, encoder.layers.encoder_layer_3.mlp.0.weight",
    "blocks/3/mlp/fc2/bias, blocks.3.mlp.fc2.bias, encoder.layers.encoder_layer_3.mlp.3.bias",
    "norm/bias, norm.bias, encoder.ln.bias",
  })
  void transformersHaveTheNamesOfEachLibrary(String path, String timm, String torchvision) {
    assertThat(WeightLibrary.TIMM.name(path, true)).contains(timm);
    assertThat(WeightLibrary.TORCHVISION.name(path, true)).contains(torchvision);
  }

  /** From the files that {@code ViTModel.save_pretrained} of transformers 5.18 writes. */
  @ParameterizedTest
  @CsvSource({
    "cls_token, embeddings.cls_token",
    "pos_embed, embeddings.position_embeddings",
    "patch_embed/proj/weight, embeddings.patch_embeddings.projection.weight",
    "blocks/11/norm1/bias, encoder.layer.11.layernorm_before.bias",
    "blocks/0/attn/query/weight, encoder.layer.0.attention.attention.query.weight",
    "blocks/0/attn/proj/bias, encoder.layer.0.attention.output.dense.bias",
    "blocks/3/mlp/fc1/weight, encoder.layer.3.intermediate.dense.weight",
    "blocks/3/mlp/fc2/bias, encoder.layer.3.output.dense.bias",
    "norm/weight, layernorm.weight",
  })
  void transformersHasAMatrixForEachOfQueryKeyAndValue(String path, String name) {
    assertThat(WeightLibrary.TRANSFORMERS.name(path, true)).contains(name);
  }

  @Test
  void queriesKeysAndValuesAreThirdsOfTheJointMatrix() {
    Tensor joint = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 6, 1);
    Map<String, Tensor> weights =
        Map.of(
            "net/blocks/0/attn/qkv/weight",
            joint,
            "net/patch_embed/proj/weight",
            Tensor.zeros(ElementType.FLOAT, 2, 3, 4, 4));
    Normalisation plain = new Normalisation(List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0));
    ModelCard card = new ModelCard(new Preprocessing(16, 1, plain), Map.of());
    Map<String, Tensor> named =
        LibraryWeights.of(weights, WeightLibrary.TRANSFORMERS, card).tensors();
    assertThat(row(named, "query")).containsExactly(1, 2);
    assertThat(row(named, "key")).containsExactly(3, 4);
    assertThat(row(named, "value")).containsExactly(5, 6);
  }

  private static float[] row(Map<String, Tensor> named, String role) {
    String name = "encoder.layer.0.attention.attention." + role + ".weight";
    return Objects.requireNonNull(named.get(name), name).toFloats();
  }

  @Test
  void whatALibraryLacksHasNoName() {
    assertThat(WeightLibrary.TRANSFORMERS.name("conv1/weight", false)).isEmpty();
    assertThat(WeightLibrary.TRANSFORMERS.name("norm_pre/weight", true)).isEmpty();
    assertThat(WeightLibrary.TORCHVISION.name("blocks/0/ls1/gamma", true)).isEmpty();
    assertThat(WeightLibrary.TIMM.name("blocks/0/ls1/gamma", true)).contains("blocks.0.ls1.gamma");
    assertThat(WeightLibrary.TIMM.name("reg_token", true)).isEmpty();
  }

  @Test
  void aMisspeltLibraryIsTold() {
    assertThatThrownBy(() -> WeightLibrary.of("torchvison"))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("Did you mean 'torchvision'?");
  }
}
