package io.github.nolabel.onnx;

import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.OnnxModel;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.backbone.Backbones;
import io.github.nolabel.graph.Graph;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Parameter;
import io.github.nolabel.graph.Value;
import io.github.nolabel.testing.OrtEvaluator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;

/** Small backbones as inference models, with weights and statistics that are not their first. */
final class Exports {

  static final Map<String, String> TINY_CNN = Map.of("width", "8", "stages", "2");

  private Exports() {}

  static OnnxModel of(String backbone, Map<String, String> options, int imageSize) {
    return of(Backbones.create(backbone, options, imageSize), imageSize, imageSize);
  }

  /** A backbone of one size, asked for images of another. */
  static OnnxModel of(Backbone network, int height, int width) {
    GraphBuilder builder = new GraphBuilder(Mode.INFERENCE);
    Value images = builder.input("images", Shape.batched(3, height, width));
    Value features = network.attach(builder.scope("net")).apply(images);
    Graph graph = builder.build(Map.of("features", features));
    return OnnxWriter.inference(graph, state(graph), new TreeMap<>());
  }

  private static Map<String, Tensor> state(Graph graph) {
    Random random = new Random(7);
    Map<String, Tensor> state = new LinkedHashMap<>();
    for (Parameter parameter : graph.parameters()) {
      long[] shape = parameter.value().shape().at(1);
      float[] values = new float[(int) parameter.value().shape().elements().extent()];
      double fan = shape.length < 2 ? 1 : (double) values.length / shape[0];
      DoubleUnaryOperator suited = suited(parameter.name(), fan);
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) suited.applyAsDouble(random.nextGaussian());
      }
      state.put(parameter.name(), Tensor.of(values, shape));
    }
    return state;
  }

  /** Variances above zero, gains about one, and weights that keep the scale of what they read. */
  private static DoubleUnaryOperator suited(String name, double fan) {
    if (name.endsWith("running_var")) {
      return drawn -> Math.exp(drawn / 2);
    }
    boolean gain = name.matches(".*(bn\\d|norm\\d?|downsample/1)/weight");
    return gain ? drawn -> 1 + drawn / 4 : drawn -> drawn / Math.sqrt(fan);
  }

  static Tensor images(int count, int height, int width) {
    Random random = new Random(11);
    float[] values = new float[count * 3 * height * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensor.of(values, count, 3, height, width);
  }

  /** By the stock ONNX Runtime, with all of its optimizations. */
  static float[] features(OnnxModel model, Tensor images) {
    try (OrtEvaluator session = new OrtEvaluator(model.bytes(), OptLevel.ALL_OPT)) {
      return session.run(Map.of("images", images)).values().iterator().next().toFloats();
    }
  }
}
