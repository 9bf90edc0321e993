package io.github.nolabel.networks.weights;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A file's names for our parameters: those of torchvision's and timm's ResNets and vision
 * transformers, of the vision transformers of Hugging Face's transformers, and of the image towers
 * of CLIP.
 */
final class WeightNames {

  private static final Set<String> WRAPPERS =
      Set.of(
          "module",
          "model",
          "backbone",
          "network",
          "vit",
          "resnet",
          "dinov2",
          "dinov2_with_registers");

  /** One weight that every network of a kind has once, and the folder that it lies in. */
  private static final Pattern LANDMARK =
      Pattern.compile(
          "(.*\\.)?(layer1\\.0\\.conv1|patch_embed\\.proj|conv_proj|embeddings\\.patch_embeddings\\.projection)\\.weight");

  private static final Pattern CLASSIFIER =
      Pattern.compile("(fc|head|heads|head_dist|classifier|pre_logits|fc_norm|pooler)\\..*");

  /** Pattern to path; where a third of a joint matrix is meant, its number comes after a hash. */
  private static final Map<Pattern, String> OTHERS = new LinkedHashMap<>();

  private static final Map<Pattern, String> CLIP = ClipImageNames.table();

  static {
    torchvision();
    transformers();
    transformers5();
  }

  private final String folder;
  private final Map<Pattern, String> table;

  private WeightNames(String folder, Map<Pattern, String> table) {
    this.folder = folder;
    this.table = table;
  }

  /** Of all names of a file. */
  static WeightNames of(Collection<String> file) {
    return ClipImageNames.folder(file)
        .map(folder -> new WeightNames(folder, CLIP))
        .orElseGet(() -> new WeightNames(wrapper(file), OTHERS));
  }

  /**
   * Where a tensor belongs.
   *
   * @param path of the parameter below the backbone's scope
   * @param part 0 to 2 where it is the query's, key's or value's share of the parameter's rows; -1
   *     where it is the whole
   */
  record Place(String path, int part) {}

  /** The folders that hold a network each; empty for names that are below none. */
  static List<String> folders(Collection<String> names) {
    return names.stream()
        .map(LANDMARK::matcher)
        .filter(Matcher::matches)
        .map(landmark -> Objects.requireNonNullElse(landmark.group(1), ""))
        .distinct()
        .toList();
  }

  /** The folder of the only network, such as {@code module.encoder_q.}; empty if there is none. */
  private static String wrapper(Collection<String> names) {
    List<String> folders = folders(names);
    return folders.size() == 1 ? folders.get(0) : commonFolder(names);
  }

  private static String commonFolder(Collection<String> names) {
    Set<String> first =
        names.stream()
            .filter(n -> !CLASSIFIER.matcher(n).matches())
            .map(n -> n.indexOf('.') < 0 ? n : n.substring(0, n.indexOf('.')))
            .collect(Collectors.toSet());
    String only = first.size() == 1 ? first.iterator().next() : "";
    return WRAPPERS.contains(only) ? only + "." : "";
  }

  String folder() {
    return folder;
  }

  /** Where a tensor of the file belongs; those outside the folder keep their name. */
  Place place(String name) {
    return name.startsWith(folder)
        ? placeBelow(name.substring(folder.length()))
        : new Place(name.replace('.', '/'), -1);
  }

  private Place placeBelow(String name) {
    for (Map.Entry<Pattern, String> other : table.entrySet()) {
      Matcher matcher = other.getKey().matcher(name);
      if (matcher.matches()) {
        List<String> parts = List.of(matcher.replaceFirst(other.getValue()).split("#", -1));
        return new Place(parts.get(0), parts.size() == 1 ? -1 : Integer.parseInt(parts.get(1)));
      }
    }
    return new Place(name.replace('.', '/'), -1);
  }

  /** Whether it belongs to the classifier, which backbones do not have. */
  boolean isClassifier(String name) {
    String plain = name.startsWith(folder) ? name.substring(folder.length()) : name;
    return CLASSIFIER.matcher(plain).matches();
  }

  /** Whether it counts batches or places and has no use here. */
  static boolean isCounter(String name) {
    return name.endsWith("num_batches_tracked") || name.endsWith("position_ids");
  }

  private static void torchvision() {
    String block = "encoder\\.layers\\.encoder_layer_(\\d+)\\.";
    add("class_token", "cls_token");
    add("encoder\\.pos_embedding", "pos_embed");
    add("conv_proj\\.(weight|bias)", "patch_embed/proj/$1");
    add("encoder\\.ln\\.(weight|bias)", "norm/$1");
    add(block + "ln_(\\d)\\.(weight|bias)", "blocks/$1/norm$2/$3");
    add(block + "self_attention\\.in_proj_(weight|bias)", "blocks/$1/attn/qkv/$2");
    add(block + "self_attention\\.out_proj\\.(weight|bias)", "blocks/$1/attn/proj/$2");
    add(block + "mlp\\.(?:0|linear_1)\\.(weight|bias)", "blocks/$1/mlp/fc1/$2");
    add(block + "mlp\\.(?:3|linear_2)\\.(weight|bias)", "blocks/$1/mlp/fc2/$2");
  }

  private static void transformers() {
    String block = "encoder\\.layer\\.(\\d+)\\.";
    String attention = block + "attention\\.attention\\.";
    add("embeddings\\.cls_token", "cls_token");
    add("embeddings\\.position_embeddings", "pos_embed");
    add("embeddings\\.patch_embeddings\\.projection\\.(weight|bias)", "patch_embed/proj/$1");
    add("layernorm\\.(weight|bias)", "norm/$1");
    add(block + "layernorm_before\\.(weight|bias)", "blocks/$1/norm1/$2");
    add(block + "layernorm_after\\.(weight|bias)", "blocks/$1/norm2/$2");
    add(attention + "query\\.(weight|bias)", "blocks/$1/attn/qkv/$2#0");
    add(attention + "key\\.(weight|bias)", "blocks/$1/attn/qkv/$2#1");
    add(attention + "value\\.(weight|bias)", "blocks/$1/attn/qkv/$2#2");
    add(block + "attention\\.output\\.dense\\.(weight|bias)", "blocks/$1/attn/proj/$2");
    add(block + "intermediate\\.dense\\.(weight|bias)", "blocks/$1/mlp/fc1/$2");
    add(block + "output\\.dense\\.(weight|bias)", "blocks/$1/mlp/fc2/$2");
  }

  /** DINOv2's, and those of version 5, which vision transformers share. */
  private static void transformers5() {
    String block = "(?:encoder\\.)?layers?\\.(\\d+)\\.";
    add("embeddings\\.register_tokens", "reg_token");
    add(block + "norm(\\d)\\.(weight|bias)", "blocks/$1/norm$2/$3");
    add(block + "layernorm_before\\.(weight|bias)", "blocks/$1/norm1/$2");
    add(block + "layernorm_after\\.(weight|bias)", "blocks/$1/norm2/$2");
    add(block + "attention\\.q_proj\\.(weight|bias)", "blocks/$1/attn/qkv/$2#0");
    add(block + "attention\\.k_proj\\.(weight|bias)", "blocks/$1/attn/qkv/$2#1");
    add(block + "attention\\.v_proj\\.(weight|bias)", "blocks/$1/attn/qkv/$2#2");
    add(block + "attention\\.o_proj\\.(weight|bias)", "blocks/$1/attn/proj/$2");
    add(block + "layer_scale(\\d)\\.lambda1", "blocks/$1/ls$2/gamma");
    add(block + "mlp\\.fc(\\d)\\.(weight|bias)", "blocks/$1/mlp/fc$2/$3");
  }

  private static void add(String pattern, String path) {
    OTHERS.put(Pattern.compile(pattern), path);
  }
}
