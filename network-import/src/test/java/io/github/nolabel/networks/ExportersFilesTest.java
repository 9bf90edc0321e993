package io.github.nolabel.networks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.backbone.Backbones;
import io.github.nolabel.graph.Graph;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Initializer;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Value;
import io.github.nolabel.onnx.OnnxWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of real exporters; see {@code make.py} among the resources. */
class ExportersFilesTest {

  @TempDir Path folder;

  static List<String> names() {
    return Exported.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void theFeaturesAreTheExportersOwn(String name) {
    Exported exported = Exported.read(name);
    Backbone backbone = exported.backbone();
    assertThat(backbone.featureWidth()).isEqualTo((int) exported.features().shape().extent(1));
    assertThat(Exported.features(backbone, exported.images()))
        .usingComparatorWithPrecision(1e-4f)
        .containsExactly(exported.features().toFloats());
  }

  /** Two views of a step pass through as one batch. */
  @ParameterizedTest
  @MethodSource("names")
  void twoViewsAreJoined(String name) {
    Backbone backbone = Exported.read(name).backbone();
    GraphBuilder graph = new GraphBuilder(Mode.TRAINING);
    Value view1 = graph.input("view_1", backbone.inputShape());
    Value view2 = graph.input("view_2", backbone.inputShape());
    Value both = graph.ops("views").concat(0, view1, view2);
    Value features = backbone.attach(graph.scope("student")).apply(both);
    assertThat(features.shape().toString())
        .isEqualTo("[2N, %d]".formatted(backbone.featureWidth()));
  }

  @ParameterizedTest
  @MethodSource("names")
  void aBackboneComesBackFromItsExport(String name) {
    Exported exported = Exported.read(name);
    Backbone first = exported.backbone();
    Graph graph = Exported.inference(first);
    Map<String, Tensor> state = new LinkedHashMap<>();
    graph.parameters().forEach(p -> state.put(p.name(), Initializer.draw(p, 1)));
    Path file = folder.resolve(name + ".onnx");
    write(file, OnnxWriter.inference(graph, state, new TreeMap<>()).bytes());
    Backbone second = Backbones.create("onnx:" + file, Map.of(), exported.imageSize());
    assertThat(Exported.features(second, exported.images()))
        .usingComparatorWithPrecision(1e-6f)
        .containsExactly(Exported.features(first, exported.images()));
  }

  private static void write(Path file, byte[] bytes) {
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
