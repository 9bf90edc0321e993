package io.github.nolabel.runs.model;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.option.Suggestions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Python library that has our ResNets and vision transformers, under names of its own. */
public enum WeightLibrary {
  /** Our own paths with dots. */
  TIMM,
  /** ResNets as in timm; of vision transformers those without layer scale and registers. */
  TORCHVISION,
  /** Those of the files on Hugging Face's hub, which every version of the library reads. */
  TRANSFORMERS;

  private static final Map<Pattern, String> TORCHVISION_VIT = new LinkedHashMap<>();
  private static final Map<Pattern, String> TRANSFORMERS_VIT = new LinkedHashMap<>();

  static {
    torchvision();
    transformers();
  }

  private static void torchvision() {
    String block = "blocks\\.(\\d+)\\.";
    String layer = "encoder.layers.encoder_layer_$1.";
    add(TORCHVISION_VIT, "cls_token", "class_token");
    add(TORCHVISION_VIT, "pos_embed", "encoder.pos_embedding");
    add(TORCHVISION_VIT, "patch_embed\\.proj\\.(weight|bias)", "conv_proj.$1");
    add(TORCHVISION_VIT, "norm\\.(weight|bias)", "encoder.ln.$1");
    add(TORCHVISION_VIT, block + "norm(\\d)\\.(weight|bias)", layer + "ln_$2.$3");
    add(TORCHVISION_VIT, block + "attn\\.qkv\\.(weight|bias)", layer + "self_attention.in_proj_$2");
    add(
        TORCHVISION_VIT,
        block + "attn\\.proj\\.(weight|bias)",
        layer + "self_attention.out_proj.$2");
    add(TORCHVISION_VIT, block + "mlp\\.fc1\\.(weight|bias)", layer + "mlp.0.$2");
    add(TORCHVISION_VIT, block + "mlp\\.fc2\\.(weight|bias)", layer + "mlp.3.$2");
  }

  private static void transformers() {
    String block = "blocks\\.(\\d+)\\.";
    String layer = "encoder.layer.$1.";
    Map<Pattern, String> names = TRANSFORMERS_VIT;
    add(names, "cls_token", "embeddings.cls_token");
    add(names, "pos_embed", "embeddings.position_embeddings");
    add(names, "patch_embed\\.proj\\.(.+)", "embeddings.patch_embeddings.projection.$1");
    add(names, "norm\\.(.+)", "layernorm.$1");
    add(names, block + "norm1\\.(.+)", layer + "layernorm_before.$2");
    add(names, block + "norm2\\.(.+)", layer + "layernorm_after.$2");
    add(names, block + "attn\\.(query|key|value)\\.(.+)", layer + "attention.attention.$2.$3");
    add(names, block + "attn\\.proj\\.(.+)", layer + "attention.output.dense.$2");
    add(names, block + "mlp\\.fc1\\.(.+)", layer + "intermediate.dense.$2");
    add(names, block + "mlp\\.fc2\\.(.+)", layer + "output.dense.$2");
  }

  /**
   * @throws UserMistake if there is none of that name
   */
  public static WeightLibrary of(String label) {
    List<String> labels = Arrays.stream(values()).map(WeightLibrary::label).toList();
    return Arrays.stream(values())
        .filter(library -> library.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new UserMistake(
                    "No names of '%s' are known.%s Write one of: %s."
                        .formatted(
                            label,
                            Suggestions.didYouMean(label, labels),
                            String.join(", ", labels))));
  }

  /** As users write it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * What the library calls a parameter; empty if its networks have none such.
   *
   * @param path below the backbone, with slashes
   * @param transformer whether it is a vision transformer's, or else a ResNet's
   */
  Optional<String> name(String path, boolean transformer) {
    String timm = path.replace('/', '.');
    if (transformer && timm.equals("reg_token")) {
      return Optional.empty(); // timm gives no positions to what precedes the patches then
    }
    if (this == TIMM || (this == TORCHVISION && !transformer)) {
      return Optional.of(timm);
    }
    return transformer ? translated(timm) : Optional.empty();
  }

  private Optional<String> translated(String timm) {
    Map<Pattern, String> names = this == TORCHVISION ? TORCHVISION_VIT : TRANSFORMERS_VIT;
    for (Map.Entry<Pattern, String> entry : names.entrySet()) {
      Matcher matcher = entry.getKey().matcher(timm);
      if (matcher.matches()) {
        return Optional.of(matcher.replaceFirst(entry.getValue()));
      }
    }
    return Optional.empty();
  }

  /** Whether queries, keys and values have a matrix each. */
  boolean splitsAttention() {
    return this == TRANSFORMERS;
  }

  private static void add(Map<Pattern, String> names, String pattern, String name) {
    names.put(Pattern.compile(pattern), name);
  }
}
