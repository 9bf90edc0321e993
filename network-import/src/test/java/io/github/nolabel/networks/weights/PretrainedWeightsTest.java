package io.github.nolabel.networks.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.backbone.Backbones;
import io.github.nolabel.fragment.backbone.ResNet18Provider;
import io.github.nolabel.fragment.backbone.ResNetConfig;
import io.github.nolabel.fragment.backbone.VisionTransformerConfig;
import io.github.nolabel.fragment.backbone.VitTinyProvider;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Initializer;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Parameter;
import io.github.nolabel.testing.SafetensorsDraft;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Other libraries' files fill our parameters; the files are written here, with their names. */
class PretrainedWeightsTest {

  private static final int SIZE = 32;

  @TempDir Path folder;

  @Test
  void torchvisionsAndTimmsNamesOfResnetAreOurs() {
    Map<String, Tensor> wanted = values("resnet18", Map.of("stem", "cifar"));
    Path file = write(wanted, path -> "module." + path.replace('/', '.'), "module.fc.weight");
    Backbone backbone = create("resnet18", file);
    assertSame(first(backbone), wanted);
    assertThat(backbone.notes())
        .contains(file + ": first values of 100 of 100 parameters.")
        .contains("Left out, as a classifier: module.fc.weight.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"module.encoder_q.", "student.backbone.", "x.", "online_network.0."})
  void whatNamesBeginWithIsFound(String folder) {
    Map<String, Tensor> resnet = values("resnet18", Map.of("stem", "cifar"));
    Path file = write(resnet, path -> folder + path.replace('/', '.'), "module.queue", "head.1");
    Backbone backbone = create("resnet18", file);
    assertSame(first(backbone), resnet);
    assertThat(backbone.notes())
        .contains("Names begin with '%s' there.".formatted(folder))
        .contains("Left out, as the network has no such parameter: module.queue.");
    Map<String, Tensor> vit = values("vit-tiny", Map.of());
    for (UnaryOperator<String> names :
        List.<UnaryOperator<String>>of(
            path -> path.replace('/', '.'), PretrainedWeightsTest::torchvision)) {
      Path weights = write(vit, path -> folder + names.apply(path), "module.queue");
      assertSame(first(create("vit-tiny", weights)), vit);
    }
  }

  @Test
  void ofSeveralNetworksNoneIsChosen() {
    SafetensorsDraft draft = new SafetensorsDraft();
    for (String folder : List.of("encoder_q.", "encoder_k.")) {
      values("resnet18", Map.of("stem", "cifar"))
          .forEach((path, tensor) -> add(draft, folder + path.replace('/', '.'), tensor));
    }
    Path file = draft.write(folder.resolve("moco.safetensors"));
    assertThatThrownBy(() -> create("resnet18", file))
        .isInstanceOf(UserMistake.class)
        .hasMessageContainingAll(
            "holds 2 networks, in 'encoder_q.' and 'encoder_k.'",
            "{k[10:]: v for k, v in tensors.items() if k.startswith('encoder_q.')}");
  }

  @Test
  void timmsNamesOfVisionTransformersAreOurs() {
    Map<String, Tensor> wanted = values("vit-tiny", Map.of());
    Path file = write(wanted, path -> path.replace('/', '.'), "head.weight");
    assertSame(first(create("vit-tiny", file)), wanted);
  }

  @Test
  void torchvisionsNamesOfVisionTransformersAreKnown() {
    Map<String, Tensor> wanted = values("vit-tiny", Map.of());
    Path file = write(wanted, PretrainedWeightsTest::torchvision, "heads.head.weight");
    assertSame(first(create("vit-tiny", file)), wanted);
  }

  @Test
  void queriesKeysAndValuesAreJoined() {
    Map<String, Tensor> wanted = values("vit-tiny", Map.of());
    SafetensorsDraft draft = new SafetensorsDraft();
    wanted.forEach(
        (path, tensor) -> {
          String name = transformers(path);
          if (name.contains("query")) {
            for (int part = 2; part >= 0; part--) {
              String own = name.replace("query", new String[] {"query", "key", "value"}[part]);
              add(draft, own, third(tensor, part));
            }
          } else {
            add(draft, name, tensor);
          }
        });
    Path file = draft.write(folder.resolve("w.safetensors"));
    assertSame(first(create("vit-tiny", file)), wanted);
  }

  @Test
  void aTeacherStartsFromTheSameValues() {
    Map<String, Tensor> wanted = values("resnet18", Map.of("stem", "cifar"));
    Backbone backbone = create("resnet18", write(wanted, path -> path.replace('/', '.')));
    GraphBuilder graph = new GraphBuilder(Mode.TRAINING);
    backbone.attach(graph.scope("student"));
    backbone.attach(graph.mirrorScope("teacher", "student"));
    for (Parameter parameter : graph.parameters()) {
      String path = parameter.name().substring(parameter.name().indexOf('/') + 1);
      assertThat(Initializer.draw(parameter, 3).sameBits(Objects.requireNonNull(wanted.get(path))))
          .as(parameter.name())
          .isTrue();
    }
  }

  @Test
  void theFileDecidesOnStemAndPatches() {
    Map<String, Tensor> large = values("resnet18", Map.of("stem", "imagenet"));
    Path resnet = write(large, path -> path.replace('/', '.'));
    assertSame(first(create("resnet18", resnet)), large);
    Map<String, Tensor> patches = values("vit-tiny", Map.of("patchSize", "8"));
    Path vit = write(patches, path -> path.replace('/', '.'));
    assertSame(first(create("vit-tiny", vit)), patches);
    VisionTransformerConfig config =
        RecordOptions.override(VisionTransformerConfig.DEFAULTS, Map.of("weights", vit.toString()));
    assertThat(new VitTinyProvider().runDefaults(config)).containsEntry("imageSize", "32");
  }

  @Test
  void whatDoesNotFitIsNamed() {
    Map<String, Tensor> wanted = values("resnet18", Map.of("stem", "imagenet"));
    Path file =
        write(
            wanted,
            path -> path.equals("bn1/bias") ? "bn1.biass" : path.replace('/', '.'),
            "own.thing");
    assertThatThrownBy(() -> create("resnet18", file, "stem", "cifar"))
        .isInstanceOf(UserMistake.class)
        .hasMessageContainingAll(
            "does not fit resnet18",
            "conv1/weight is [64, 3, 3, 3] here and [64, 3, 7, 7] there",
            "missing: bn1/bias Did you mean 'bn1.biass'?",
            "Choose the backbone.stem",
            "backbone.partialWeights=true");
    Backbone partial = create("resnet18", file, "stem", "cifar", "partialWeights", "true");
    assertThat(partial.notes())
        .contains(
            file + ": first values of 98 of 100 parameters.",
            "Not in the file, so they start anew: bn1/bias.",
            "Of another shape, so they start anew: conv1/weight is [64, 3, 3, 3] here and [64, 3, 7, 7] there.",
            "Left out, as the network has no such parameter: bn1.biass, own.thing.");
  }

  @Test
  void positionsOfAnotherGridAreRefused() {
    Path file = write(values("vit-tiny", Map.of()), path -> path.replace('/', '.'));
    assertThatThrownBy(() -> Backbones.create("vit-tiny", weights(file), 64))
        .isInstanceOf(UserMistake.class)
        .hasMessageContainingAll(
            "pos_embed is [1, 257, 192] here and [1, 65, 192] there", "imageSize");
  }

  @Test
  void anotherNetworksFileIsRefused() {
    Path file =
        new SafetensorsDraft().floats("con1.weight", new long[] {1}, 2).write(folder.resolve("x"));
    assertThatThrownBy(() -> create("resnet18", file))
        .isInstanceOf(UserMistake.class)
        .hasMessageContainingAll(
            "holds no weight of resnet18", "It has 'con1/weight', resnet18 has 'conv1/weight'");
    Path twice =
        new SafetensorsDraft()
            .floats("cls_token", new long[] {1}, 2)
            .floats("class_token", new long[] {1}, 2)
            .write(folder.resolve("y"));
    assertThatThrownBy(() -> create("vit-tiny", twice))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("are values for one parameter, cls_token");
  }

  @Test
  void valuesThatAreNoNumbersAreRefused() {
    Map<String, Tensor> wanted = values("resnet18", Map.of("stem", "cifar"));
    Objects.requireNonNull(wanted.get("bn1/bias")).floats().put(3, Float.NaN);
    Path file = write(wanted, path -> path.replace('/', '.'));
    assertThatThrownBy(() -> create("resnet18", file))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("tensor 'bn1.bias' holds NaN");
  }

  @Test
  void anotherFileThanTheRunsIsRefused() {
    Path file = write(values("resnet18", Map.of("stem", "cifar")), path -> path.replace('/', '.'));
    ResNetConfig config = RecordOptions.override(ResNetConfig.DEFAULTS, weights(file));
    String sha256 = new ResNet18Provider().pinned(config).sha256();
    assertThat(create("resnet18", file, "sha256", sha256).featureWidth()).isEqualTo(512);
    assertThatThrownBy(() -> create("resnet18", file, "sha256", sha256.replace('a', 'b')))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("is not the file that the run began with");
  }

  @Test
  void theEntryPointOfJavaIsTheSame() {
    Map<String, Tensor> wanted = values("resnet18", Map.of("stem", "cifar"));
    Path file = write(wanted, path -> path.replace('/', '.'));
    Backbone backbone = Backbones.create("resnet18", Map.of(), SIZE).withWeights(file);
    assertSame(first(backbone), wanted);
  }

  private static String torchvision(String path) {
    return path.replace("cls_token", "class_token")
        .replace("pos_embed", "encoder.pos_embedding")
        .replace("patch_embed/proj/", "conv_proj.")
        .replaceAll("^norm/", "encoder.ln.")
        .replaceAll("blocks/(\\d+)/", "encoder.layers.encoder_layer_$1.")
        .replaceAll("norm(\\d)/", "ln_$1.")
        .replace("attn/qkv/", "self_attention.in_proj_")
        .replace("attn/proj/", "self_attention.out_proj.")
        .replace("mlp/fc1/", "mlp.0.")
        .replace("mlp/fc2/", "mlp.3.");
  }

  private static String transformers(String path) {
    return "vit."
        + path.replace("cls_token", "embeddings.cls_token")
            .replace("pos_embed", "embeddings.position_embeddings")
            .replace("patch_embed/proj/", "embeddings.patch_embeddings.projection.")
            .replaceAll("^norm/", "layernorm.")
            .replaceAll("blocks/(\\d+)/", "encoder.layer.$1.")
            .replace("norm1/", "layernorm_before.")
            .replace("norm2/", "layernorm_after.")
            .replace("attn/qkv/", "attention.attention.query.")
            .replace("attn/proj/", "attention.output.dense.")
            .replace("mlp/fc1/", "intermediate.dense.")
            .replace("mlp/fc2/", "output.dense.");
  }

  private static Tensor third(Tensor joint, int part) {
    long[] extents = joint.shape().at(0);
    extents[0] /= 3;
    int length = joint.elements() / 3;
    float[] rows = Arrays.copyOfRange(joint.toFloats(), part * length, (part + 1) * length);
    return Tensor.of(rows, extents);
  }

  private static Backbone create(String name, Path file, String... options) {
    Map<String, String> all = weights(file);
    for (int i = 0; i < options.length; i += 2) {
      all.put(options[i], options[i + 1]);
    }
    return Backbones.create(name, all, SIZE);
  }

  private static Map<String, String> weights(Path file) {
    return new TreeMap<>(Map.of("weights", file.toString()));
  }

  private Path write(Map<String, Tensor> tensors, UnaryOperator<String> name, String... more) {
    SafetensorsDraft draft = new SafetensorsDraft();
    tensors.forEach((path, tensor) -> add(draft, name.apply(path), tensor));
    for (String other : more) {
      draft.floats(other, new long[] {1}, 4);
    }
    draft.raw(name.apply("bn1/num_batches_tracked"), "I64", new long[0], new byte[8]);
    return draft.write(folder.resolve("weights.safetensors"));
  }

  private static void add(SafetensorsDraft draft, String name, Tensor tensor) {
    draft.floats(name, tensor.shape().at(0), tensor.toFloats());
  }

  /** Other values than those that a new network starts with. */
  private static Map<String, Tensor> values(String name, Map<String, String> options) {
    Map<String, Tensor> values = first(Backbones.create(name, options, SIZE));
    values.replaceAll(
        (path, tensor) -> {
          float[] moved = tensor.toFloats();
          for (int i = 0; i < moved.length; i++) {
            moved[i] += 0.1f * (i % 13 + 1);
          }
          return Tensor.of(moved, tensor.shape().at(0));
        });
    return values;
  }

  private static Map<String, Tensor> first(Backbone backbone) {
    GraphBuilder graph = new GraphBuilder(Mode.INFERENCE);
    backbone.attach(graph.scope("student"));
    Map<String, Tensor> values = new LinkedHashMap<>();
    graph
        .parameters()
        .forEach(p -> values.put(p.name().substring("student/".length()), Initializer.draw(p, 1)));
    return values;
  }

  private static void assertSame(Map<String, Tensor> found, Map<String, Tensor> wanted) {
    assertThat(found.keySet()).isEqualTo(wanted.keySet());
    found.forEach(
        (path, tensor) ->
            assertThat(tensor.sameBits(Objects.requireNonNull(wanted.get(path))))
                .as(path)
                .isTrue());
  }
}
