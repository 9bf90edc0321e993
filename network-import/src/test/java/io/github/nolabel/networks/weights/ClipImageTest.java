package io.github.nolabel.networks.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.backbone.Backbones;
import io.github.nolabel.fragment.backbone.VisionTransformer;
import io.github.nolabel.fragment.backbone.VisionTransformerConfig;
import io.github.nolabel.fragment.backbone.VitTinyProvider;
import io.github.nolabel.testing.SafetensorsDraft;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Image towers of open_clip and transformers compute here what they do there. */
class ClipImageTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "open-quick, 2, own",
    "open-gelu, 1, gelu",
    "transformers-quick, 2, own",
    "transformers-gelu, 1, gelu"
  })
  void theFeatureIsTheLibrarysOwn(String name, int depth, String activation) {
    Backbone backbone = tower(depth, activation).withWeights(file(name));
    assertThat(FirstValues.feature(backbone, expected(name).tensor("images")))
        .usingComparatorWithPrecision(1e-4f)
        .containsExactly(expected(name).tensor("feature").toFloats());
  }

  @Test
  void theOtherActivationGivesOtherFeatures() {
    SafetensorsFile expected = expected("open-gelu");
    Backbone backbone = tower(1, "quick_gelu").withWeights(file("open-gelu"));
    float[] found = FirstValues.feature(backbone, expected.tensor("images"));
    float[] wanted = expected.tensor("feature").toFloats();
    double farthest = 0;
    for (int i = 0; i < found.length; i++) {
      farthest = Math.max(farthest, Math.abs(found[i] - wanted[i]));
    }
    assertThat(farthest).isGreaterThan(1e-3);
  }

  @Test
  void notesSayWhatWasLeftOut() {
    assertThat(String.join(" ", tower(1, "gelu").withWeights(file("open-gelu")).notes()))
        .contains("first values of 19 of 19 parameters", "no such parameter: proj.");
    assertThat(String.join(" ", tower(2, "own").withWeights(file("transformers-quick")).notes()))
        .contains("first values of 31 of 31 parameters", "text_model.");
  }

  @Test
  void theFileDecidesOnPreNormAndPatches() {
    Path file = vitTiny();
    VisionTransformerConfig config =
        RecordOptions.with(VisionTransformerConfig.DEFAULTS, "weights", file.toString());
    assertThat(new VitTinyProvider().runDefaults(config)).containsEntry("imageSize", "16");
    Map<String, String> weights = Map.of("weights", file.toString());
    assertThat(Backbones.create("vit-tiny", weights, 16).notes())
        .contains(file + ": first values of 151 of 151 parameters.")
        .anyMatch(note -> note.contains("set backbone.activation=gelu"));
    Map<String, String> gelu = Map.of("weights", file.toString(), "activation", "gelu");
    assertThat(Backbones.create("vit-tiny", gelu, 16).notes())
        .noneMatch(note -> note.contains("backbone.activation"));
  }

  @Test
  void siglipIsRefused() {
    Path file =
        new SafetensorsDraft()
            .floats("vision_model.embeddings.patch_embedding.weight", new long[] {1}, 2)
            .write(folder.resolve("siglip"));
    assertThatThrownBy(() -> tower(1, "own").withWeights(file))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("is of SigLIP, whose image tower has no class token");
  }

  private static Backbone tower(int depth, String activation) {
    VisionTransformerConfig config =
        RecordOptions.override(
            VisionTransformerConfig.DEFAULTS,
            Map.of("preNorm", "true", "patchSize", "8", "activation", activation));
    return new VisionTransformer(32, depth, 2, config, 16);
  }

  /** A file of open_clip's names for ViT-Tiny with patches of 8 pixels. */
  private Path vitTiny() {
    SafetensorsDraft draft = new SafetensorsDraft();
    FirstValues.of(Backbones.create("vit-tiny", Map.of("preNorm", "true", "patchSize", "8"), 16))
        .forEach(
            (path, tensor) -> {
              long[] extents = tensor.shape().at(0);
              boolean token = path.equals("cls_token");
              draft.floats(
                  "visual." + openClip(path),
                  token ? new long[] {extents[2]} : extents,
                  tensor.toFloats());
            });
    return draft.write(folder.resolve("vit.safetensors"));
  }

  private static String openClip(String path) {
    return path.replace("cls_token", "class_embedding")
        .replace("pos_embed", "positional_embedding")
        .replace("patch_embed/proj/", "conv1.")
        .replace("norm_pre/", "ln_pre.")
        .replaceAll("^norm/", "ln_post.")
        .replaceAll("blocks/(\\d+)/", "transformer.resblocks.$1.")
        .replaceAll("norm(\\d)/", "ln_$1.")
        .replace("attn/qkv/", "attn.in_proj_")
        .replace("attn/proj/", "attn.out_proj.")
        .replace("mlp/fc1/", "mlp.c_fc.")
        .replace("mlp/fc2/", "mlp.c_proj.");
  }

  private static SafetensorsFile expected(String name) {
    return SafetensorsFile.read(file(name + "-expected"));
  }

  private static Path file(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(ClipImageTest.class.getResource("/image/" + name + ".safetensors"))
              .toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
