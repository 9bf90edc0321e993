package io.github.nolabel.networks.weights;

import io.github.nolabel.api.Dim;
import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.input.Vocabulary;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.fragment.text.TextConfig;
import io.github.nolabel.fragment.text.TextEncoder;
import io.github.nolabel.fragment.text.TextEncoders;
import io.github.nolabel.graph.Graph;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Initializer;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Value;
import io.github.nolabel.testing.OrtEvaluator;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A file of {@code make.py} and what its library makes of texts. */
record TextOracle(Path file, SafetensorsFile expected) {

  static final int VOCABULARY = 40;

  static TextOracle read(String name) {
    Path file = resource("/text/make.py").resolveSibling(name + ".safetensors");
    Path expected = file.resolveSibling(name + "-expected.safetensors");
    return new TextOracle(file, SafetensorsFile.read(expected));
  }

  int length() {
    return (int) expected.tensor("ids").shape().extent(1);
  }

  TextEncoder encoder(String network, String... options) {
    return encoder(file, network, length(), VOCABULARY, options);
  }

  static TextEncoder encoder(
      Path file, String network, int length, int vocabulary, String... options) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("weights", file.toString());
    all.put("length", Integer.toString(length));
    all.put("heads", "2");
    for (int i = 0; i < options.length; i += 2) {
      all.put(options[i], options[i + 1]);
    }
    return TextEncoders.all()
        .require(network)
        .create(
            RecordOptions.override(TextConfig.DEFAULTS, all),
            new Vocabulary(vocabulary, 0, 3, 1, 2, 4));
  }

  /** The outputs {@code tokens} and {@code pooled}. */
  Map<String, Tensor> outputs(TextEncoder encoder) {
    GraphBuilder builder = new GraphBuilder(Mode.INFERENCE);
    Shape shape = new Shape(List.of(Dim.BATCH, Dim.of(encoder.length())));
    Value ids = builder.input("ids", ElementType.INT64, shape);
    Value mask = builder.input("mask", ElementType.INT64, shape);
    Value tokens = encoder.attach(builder.scope("student")).apply(ids, mask);
    Value pooled = encoder.pooled(builder.ops("pooled"), tokens, mask);
    Graph graph = builder.build(Map.of("tokens", tokens, "pooled", pooled));
    Map<String, Tensor> fed = new LinkedHashMap<>();
    graph.parameters().forEach(p -> fed.put(p.name(), Initializer.draw(p, 1)));
    fed.put("ids", integers("ids"));
    fed.put("mask", integers("mask"));
    return OrtEvaluator.evaluate(graph, fed);
  }

  /** The states of tokens that are no padding, one after the other. */
  float[] unpadded(Tensor tokens) {
    float[] mask = expected.tensor("mask").toFloats();
    float[] all = tokens.toFloats();
    int width = all.length / mask.length;
    float[] kept = new float[all.length];
    for (int i = 0; i < all.length; i++) {
      kept[i] = mask[i / width] * all[i];
    }
    return kept;
  }

  private Tensor integers(String name) {
    Tensor floats = expected.tensor(name);
    Tensor integers = Tensor.zeros(ElementType.INT64, floats.shape().at(0));
    for (int i = 0; i < floats.elements(); i++) {
      integers.longs().put(i, (long) floats.floats().get(i));
    }
    return integers;
  }

  private static Path resource(String name) {
    URL url = Objects.requireNonNull(TextOracle.class.getResource(name));
    try {
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
