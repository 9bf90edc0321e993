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
  TORCHVISION;

  private static final Map<Pattern, String> TRANSFORMER = new LinkedHashMap<>();

  static {
    String block = "blocks\\.(\\d+)\\.";
    String layer = "encoder.layers.encoder_layer_$1.";
    add("cls_token", "class_token");
    add("pos_embed", "encoder.pos_embedding");
    add("patch_embed\\.proj\\.(weight|bias)", "conv_proj.$1");
    add("norm\\.(weight|bias)", "encoder.ln.$1");
    add(block + "norm(\\d)\\.(weight|bias)", layer + "ln_$2.$3");
    add(block + "attn\\.qkv\\.(weight|bias)", layer + "self_attention.in_proj_$2");
    add(block + "attn\\.proj\\.(weight|bias)", layer + "self_attention.out_proj.$2");
    add(block + "mlp\\.fc1\\.(weight|bias)", layer + "mlp.0.$2");
    add(block + "mlp\\.fc2\\.(weight|bias)", layer + "mlp.3.$2");
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
    if (!transformer || this == TIMM) {
      return Optional.of(timm);
    }
    for (Map.Entry<Pattern, String> entry : TRANSFORMER.entrySet()) {
      Matcher matcher = entry.getKey().matcher(timm);
      if (matcher.matches()) {
        return Optional.of(matcher.replaceFirst(entry.getValue()));
      }
    }
    return Optional.empty();
  }

  private static void add(String pattern, String name) {
    TRANSFORMER.put(Pattern.compile(pattern), name);
  }
}
