package io.github.nolabel.fragment.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.autodiff.ReverseMode;
import io.github.nolabel.autodiff.rules.StandardRules;
import io.github.nolabel.graph.Graph;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Initializer;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.testing.Interpreter;
import io.github.nolabel.testing.OrtEvaluator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The whole backward pass of a backbone, run by the ONNX Runtime: stepping along the gradient
 * changes the loss by the gradient's squared length, to first order.
 */
class BackboneGradientTest {

  /** Share of the loss that a step changes: smaller steps drown in the rounding of the weights. */
  private static final double SHARE = 0.05;

  @ParameterizedTest
  @CsvSource({"small-cnn, 16", "resnet18, 16", "resnet18, 96", "resnet50, 16", "vit-tiny, 16"})
  void gradientIsTheSlope(String name, int imageSize) {
    assertSlope(Backbones.create(name, Map.of(), imageSize), imageSize);
  }

  @Test
  void gradientIsTheSlopeWithScalesRegistersAndNormalisedQueries() {
    Map<String, String> options = Map.of("layerScale", "0.1", "registers", "2", "qkNorm", "true");
    assertSlope(Backbones.create("vit-tiny", options, 16), 16);
  }

  private static void assertSlope(Backbone backbone, int imageSize) {
    Graph graph = lossAndGradients(backbone);
    Map<String, Tensor> fed = new LinkedHashMap<>();
    fed.put("images", noise(16, imageSize));
    graph.parameters().forEach(p -> fed.put(p.name(), Initializer.draw(p, 3)));
    try (OrtEvaluator evaluator = new OrtEvaluator(graph)) {
      Map<String, Tensor> here = evaluator.run(fed);
      double squares = squaredLength(graph, here);
      double scale = SHARE * loss(here) / squares;
      double up = loss(evaluator, moved(fed, here, scale));
      double down = loss(evaluator, moved(fed, here, -scale));
      assertThat((up - down) / (2 * scale)).isCloseTo(squares, Percentage.withPercentage(2));
    }
  }

  private static Graph lossAndGradients(Backbone backbone) {
    GraphBuilder builder = new GraphBuilder(Mode.TRAINING);
    Value images = builder.input("images", backbone.inputShape());
    Value features = backbone.attach(builder.scope("student")).apply(images);
    Ops g = builder.ops("loss");
    float[] weights = new float[backbone.featureWidth()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) Math.sin(i + 1);
    }
    Value mixed = g.mul(g.tanh(features), g.constant(Tensor.of(weights, weights.length)));
    Value perImage = g.reduceSum(mixed, false, 1);
    Value loss = g.reduceMean(g.mul(perImage, perImage), false);
    Map<String, Value> outputs = new LinkedHashMap<>(Map.of("loss", loss));
    new ReverseMode(StandardRules.table())
        .differentiate(builder, loss)
        .forEach((parameter, gradient) -> outputs.put("d/" + parameter.name(), gradient));
    return builder.build(outputs);
  }

  private static double squaredLength(Graph graph, Map<String, Tensor> outputs) {
    double squares = 0;
    for (String name : graph.outputs().keySet()) {
      Tensor output = outputs.get(name);
      if (name.startsWith("d/") && output != null) {
        for (float value : output.toFloats()) {
          squares += (double) value * value;
        }
      }
    }
    return squares;
  }

  private static Map<String, Tensor> moved(
      Map<String, Tensor> fed, Map<String, Tensor> gradients, double scale) {
    Map<String, Tensor> moved = new LinkedHashMap<>();
    fed.forEach(
        (name, value) -> moved.put(name, shifted(value, gradients.get("d/" + name), scale)));
    return moved;
  }

  private static Tensor shifted(
      Tensor value, @org.jspecify.annotations.Nullable Tensor gradient, double scale) {
    Tensor shifted = value.copy();
    for (int i = 0; gradient != null && i < shifted.elements(); i++) {
      float moved = (float) (value.floats().get(i) + scale * gradient.floats().get(i));
      shifted.floats().put(i, moved);
    }
    return shifted;
  }

  private static double loss(OrtEvaluator evaluator, Map<String, Tensor> fed) {
    return loss(evaluator.run(fed));
  }

  private static double loss(Map<String, Tensor> outputs) {
    return Interpreter.require(outputs, "loss").toFloats()[0];
  }

  private static Tensor noise(int batch, int imageSize) {
    Random random = new Random(7);
    Tensor images =
        Tensor.zeros(io.github.nolabel.api.ElementType.FLOAT, batch, 3, imageSize, imageSize);
    for (int i = 0; i < images.elements(); i++) {
      images.floats().put(i, (float) random.nextGaussian());
    }
    return images;
  }
}
