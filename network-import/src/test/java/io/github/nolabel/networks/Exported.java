package io.github.nolabel.networks;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.backbone.Backbones;
import io.github.nolabel.graph.Graph;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Initializer;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Value;
import io.github.nolabel.testing.Interpreter;
import io.github.nolabel.testing.OrtEvaluator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** A file of {@code make.py}, images, and the features that its exporter's runtime gave. */
record Exported(String name, Path file, Tensor images, Tensor features) {

  private static final Path FOLDER = folder();

  static List<String> names() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".onnx"))
          .map(file -> file.substring(0, file.length() - ".onnx".length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Exported read(String name) {
    return read(FOLDER, name);
  }

  static Exported read(Path folder, String name) {
    ByteBuffer bytes =
        ByteBuffer.wrap(bytes(folder.resolve(name + ".bin"))).order(ByteOrder.LITTLE_ENDIAN);
    int batch = bytes.getInt();
    int size = bytes.getInt();
    int width = bytes.getInt();
    Tensor images = Tensor.zeros(ElementType.FLOAT, batch, 3, size, size);
    for (int i = 0; i < images.elements(); i++) {
      images.floats().put(i, bytes.getFloat());
    }
    Tensor features = Tensor.zeros(ElementType.FLOAT, batch, width);
    for (int i = 0; i < features.elements(); i++) {
      features.floats().put(i, bytes.getFloat());
    }
    return new Exported(name, folder.resolve(name + ".onnx"), images, features);
  }

  int imageSize() {
    return (int) images.shape().extent(2);
  }

  Backbone backbone(String... options) {
    Map<String, String> all = new LinkedHashMap<>(Map.of("file", file.toString()));
    for (int i = 0; i < options.length; i += 2) {
      all.put(options[i], options[i + 1]);
    }
    return Backbones.create("onnx", all, imageSize());
  }

  /** What a backbone makes of the images, as it starts. */
  static float[] features(Backbone backbone, Tensor images) {
    Map<String, Tensor> state = new LinkedHashMap<>();
    inference(backbone).parameters().forEach(p -> state.put(p.name(), Initializer.draw(p, 1)));
    return features(backbone, state, images);
  }

  static float[] features(Backbone backbone, Map<String, Tensor> state, Tensor images) {
    Graph graph = inference(backbone);
    Map<String, Tensor> fed = new LinkedHashMap<>(state);
    fed.put("images", images);
    return Interpreter.require(OrtEvaluator.evaluate(graph, fed), "features").toFloats();
  }

  static Graph inference(Backbone backbone) {
    GraphBuilder graph = new GraphBuilder(Mode.INFERENCE);
    Value images = graph.input("images", backbone.inputShape());
    Value features = backbone.attach(graph.scope("student")).apply(images);
    return graph.build(Map.of("features", features));
  }

  static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path folder() {
    URL script = Objects.requireNonNull(Exported.class.getResource("/onnx/make.py"));
    try {
      return Path.of(script.toURI()).resolveSibling("");
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
