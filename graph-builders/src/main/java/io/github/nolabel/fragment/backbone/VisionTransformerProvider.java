package io.github.nolabel.fragment.backbone;

import io.github.nolabel.fragment.layer.Gelu;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What all vision transformers have in common. */
interface VisionTransformerProvider extends BackboneProvider<VisionTransformerConfig> {

  int MOST_REGISTERS = 64;

  /** The network as it starts by itself. */
  Backbone architecture(VisionTransformerConfig config, int imageSize);

  @Override
  default VisionTransformerConfig defaults() {
    return VisionTransformerConfig.DEFAULTS;
  }

  @Override
  default Backbone create(VisionTransformerConfig config, int imageSize) {
    FirstValues first = config.firstValues();
    VisionTransformerConfig suited = suited(config, first);
    return first.in(architecture(suited, imageSize), name(), notes(suited));
  }

  @Override
  default List<Path> files(VisionTransformerConfig config) {
    return config.firstValues().files();
  }

  @Override
  default VisionTransformerConfig pinned(VisionTransformerConfig config) {
    return config.withSha256(config.firstValues().fingerprint());
  }

  /** The image size of the file's positions. */
  @Override
  default Map<String, String> runDefaults(VisionTransformerConfig config) {
    FirstValues first = config.firstValues();
    Optional<Long> patches = first.extent("pos_embed", 1).map(tokens -> tokens - 1);
    long patch = suited(config, first).patchSize();
    return patches
        .map(count -> Math.round(Math.sqrt((double) count)) * patch)
        .filter(size -> size >= 8 && size <= 4096)
        .map(size -> Map.of("imageSize", Long.toString(size)))
        .orElse(Map.of());
  }

  private static List<String> notes(VisionTransformerConfig config) {
    return config.preNorm() && config.activation() == Gelu.OWN
        ? List.of(
            "It computes with the quick GELU, as OpenAI's models do; for weights that were trained with GELU, such as most of open_clip's own, set backbone.activation=gelu.")
        : List.of();
  }

  /** What the file's network has besides, and its patches where nobody chose others. */
  private static VisionTransformerConfig suited(VisionTransformerConfig config, FirstValues first) {
    VisionTransformerConfig suited = config;
    if (first.extent("norm_pre/weight", 0).isPresent()) {
      suited = suited.withPreNorm();
    }
    if (first.extent("blocks/0/ls1/gamma", 0).isPresent()) {
      suited = suited.withLayerScale();
    }
    if (first.extent("blocks/0/attn/q_norm/weight", 0).isPresent()) {
      suited = suited.withQkNorm();
    }
    long registers = first.extent("reg_token", 1).orElse(0L);
    if (registers > 0 && registers <= MOST_REGISTERS) {
      suited = suited.withRegisters((int) registers);
    }
    return withPatches(suited, first);
  }

  private static VisionTransformerConfig withPatches(
      VisionTransformerConfig config, FirstValues first) {
    return config.patchSize() > 0
        ? config
        : first
            .extent("patch_embed/proj/weight", 2)
            .filter(patch -> patch > 0 && patch <= 256)
            .map(patch -> config.withPatchSize(patch.intValue()))
            .orElse(config);
  }
}
