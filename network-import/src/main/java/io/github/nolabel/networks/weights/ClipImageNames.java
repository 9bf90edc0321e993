package io.github.nolabel.networks.weights;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names of the image towers of CLIP: OpenAI's, which open_clip shares, and those of Hugging Face's
 * transformers.
 */
final class ClipImageNames {

  private static final String CLASS = "class_embedding";

  private ClipImageNames() {}

  /** Pattern to path, as in {@link WeightNames}. */
  static Map<Pattern, String> table() {
    Map<Pattern, String> table = new LinkedHashMap<>();
    open(table, "transformer\\.resblocks\\.(\\d+)\\.");
    transformers(table, "encoder\\.layers\\.(\\d+)\\.");
    return table;
  }

  /** The folder of the image tower; empty if the file has none. */
  static Optional<String> folder(Collection<String> names) {
    return names.stream()
        .filter(name -> name.endsWith(CLASS))
        .map(name -> name.substring(0, name.length() - CLASS.length()))
        .filter(folder -> folder.isEmpty() || folder.endsWith("."))
        .map(folder -> folder.replaceFirst("(^|\\.)embeddings\\.$", "$1"))
        .findFirst();
  }

  /** Whether it is an image tower of SigLIP, which shares the names of transformers' CLIP. */
  static boolean isSiglip(Collection<String> names) {
    return folder(names).isEmpty()
        && names.stream().anyMatch(name -> name.endsWith("embeddings.patch_embedding.weight"));
  }

  private static void open(Map<Pattern, String> table, String block) {
    add(table, "class_embedding", "cls_token");
    add(table, "positional_embedding", "pos_embed");
    add(table, "conv1\\.weight", "patch_embed/proj/weight");
    add(table, "ln_pre\\.(weight|bias)", "norm_pre/$1");
    add(table, "ln_post\\.(weight|bias)", "norm/$1");
    add(table, block + "ln_(\\d)\\.(weight|bias)", "blocks/$1/norm$2/$3");
    add(table, block + "attn\\.in_proj_(weight|bias)", "blocks/$1/attn/qkv/$2");
    add(table, block + "attn\\.out_proj\\.(weight|bias)", "blocks/$1/attn/proj/$2");
    add(table, block + "mlp\\.c_fc\\.(weight|bias)", "blocks/$1/mlp/fc1/$2");
    add(table, block + "mlp\\.c_proj\\.(weight|bias)", "blocks/$1/mlp/fc2/$2");
  }

  private static void transformers(Map<Pattern, String> table, String block) {
    String attention = block + "self_attn\\.";
    add(table, "embeddings\\.class_embedding", "cls_token");
    add(table, "embeddings\\.position_embedding\\.weight", "pos_embed");
    add(table, "embeddings\\.patch_embedding\\.(weight|bias)", "patch_embed/proj/$1");
    add(table, "pre_layrnorm\\.(weight|bias)", "norm_pre/$1");
    add(table, "post_layernorm\\.(weight|bias)", "norm/$1");
    add(table, block + "layer_norm(\\d)\\.(weight|bias)", "blocks/$1/norm$2/$3");
    add(table, attention + "q_proj\\.(weight|bias)", "blocks/$1/attn/qkv/$2#0");
    add(table, attention + "k_proj\\.(weight|bias)", "blocks/$1/attn/qkv/$2#1");
    add(table, attention + "v_proj\\.(weight|bias)", "blocks/$1/attn/qkv/$2#2");
    add(table, attention + "out_proj\\.(weight|bias)", "blocks/$1/attn/proj/$2");
    add(table, block + "mlp\\.fc(\\d)\\.(weight|bias)", "blocks/$1/mlp/fc$2/$3");
  }

  private static void add(Map<Pattern, String> table, String pattern, String path) {
    table.put(Pattern.compile(pattern), path);
  }
}
