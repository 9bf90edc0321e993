package io.github.nolabel.networks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.backbone.Backbones;
import io.github.nolabel.graph.Graph;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Initializer;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Parameter;
import io.github.nolabel.graph.Role;
import io.github.nolabel.onnx.OnnxWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Nolabel exports comes back as the same network, to be trained on. */
class BuiltInRoundTripTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "small-cnn, width=8, 16",
    "resnet18, stem=cifar, 16",
    "resnet18, stem=imagenet, 64",
    "resnet50, stem=auto, 32",
    "vit-tiny, patchSize=8, 32",
    "vit-tiny, patchSize=16;pooling=mean, 48"
  })
  void theFeaturesAreTheSame(String name, String options, int size) throws IOException {
    Backbone first = Backbones.create(name, options(options), size);
    Map<String, Tensor> state = trained(first);
    Graph graph = Exported.inference(first);
    Path file = folder.resolve("backbone.onnx");
    Files.write(file, OnnxWriter.inference(graph, state, new TreeMap<>()).bytes());
    Backbone second = Backbones.create("onnx:" + file, Map.of(), size);
    Tensor images = images(size);
    float[] expected = Exported.features(first, state, images);
    assertThat(Exported.features(second, images))
        .usingComparatorWithPrecision(1e-6f)
        .containsExactly(expected);
    assertThat(roles(second)).containsExactlyInAnyOrderElementsOf(roles(first));
  }

  /** As if it had been trained: no statistic, gain or offset is where it began. */
  private static Map<String, Tensor> trained(Backbone backbone) {
    Random random = new Random(3);
    Map<String, Tensor> state = new LinkedHashMap<>();
    for (Parameter parameter : parameters(backbone)) {
      Tensor tensor = Initializer.draw(parameter, 1);
      if (parameter.role() != Role.WEIGHT) {
        for (int i = 0; i < tensor.elements(); i++) {
          tensor.floats().put(i, tensor.floats().get(i) + 0.2f * random.nextFloat());
        }
      }
      state.put(parameter.name(), tensor);
    }
    return state;
  }

  /** Optimizers treat roles differently. */
  private static List<String> roles(Backbone backbone) {
    return parameters(backbone).stream().map(p -> p.role() + " " + p.value().shape()).toList();
  }

  private static List<Parameter> parameters(Backbone backbone) {
    GraphBuilder graph = new GraphBuilder(Mode.INFERENCE);
    backbone.attach(graph.scope("student"));
    return graph.parameters();
  }

  private static Tensor images(int size) {
    Tensor images = Tensor.zeros(ElementType.FLOAT, 2, 3, size, size);
    for (int i = 0; i < images.elements(); i++) {
      images.floats().put(i, (float) Math.sin(0.37 * i * (1 + i % 7)));
    }
    return images;
  }

  private static Map<String, String> options(String text) {
    Map<String, String> options = new LinkedHashMap<>();
    for (String option : text.split(";", -1)) {
      options.put(
          option.substring(0, option.indexOf('=')), option.substring(option.indexOf('=') + 1));
    }
    return options;
  }
}
