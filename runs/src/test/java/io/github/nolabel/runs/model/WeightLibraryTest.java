package io.github.nolabel.runs.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.UserMistake;
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

  @Test
  void whatALibraryLacksHasNoName() {
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
