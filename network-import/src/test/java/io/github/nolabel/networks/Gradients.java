package io.github.nolabel.networks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.autodiff.ReverseMode;
import io.github.nolabel.autodiff.rules.StandardRules;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.graph.Graph;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Initializer;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.testing.Interpreter;
import io.github.nolabel.testing.Nd;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;

/**
 * The slope of a loss along one random direction through all weights at once, in float64 by the
 * reference interpreter.
 */
final class Gradients {

  private static final double STEP = 1e-6;

  private Gradients() {}

  /** The gradients of a backbone's weights are the slope of what they are the gradients of. */
  static void assertSlope(Backbone backbone, Nd images) {
    Graph graph = lossAndGradients(backbone);
    Map<String, Nd> fed = new LinkedHashMap<>();
    fed.put("images", images);
    graph.parameters().forEach(p -> fed.put(p.name(), Nd.of(Initializer.draw(p, 1))));
    Map<String, Nd> directions = directions(graph);
    Interpreter.Step here = Interpreter.run(graph, fed);
    double slope = 0;
    for (Map.Entry<String, Nd> direction : directions.entrySet()) {
      Nd gradient = here.output("d/" + direction.getKey());
      slope +=
          IntStream.range(0, gradient.size())
              .mapToDouble(i -> gradient.at(i) * direction.getValue().at(i))
              .sum();
    }
    double up = loss(graph, moved(fed, directions, STEP));
    double down = loss(graph, moved(fed, directions, -STEP));
    assertThat((up - down) / (2 * STEP)).isCloseTo(slope, Percentage.withPercentage(0.1));
  }

  /** Uneven enough that every feature counts. */
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

  private static Map<String, Nd> directions(Graph graph) {
    Random random = new Random(7);
    Map<String, Nd> directions = new LinkedHashMap<>();
    graph.parameters().stream()
        .filter(parameter -> graph.outputs().containsKey("d/" + parameter.name()))
        .forEach(
            p ->
                directions.put(
                    p.name(),
                    Nd.of(Nd.of(Initializer.draw(p, 1)).shape(), i -> random.nextGaussian())));
    assertThat(directions).isNotEmpty();
    return directions;
  }

  private static Map<String, Nd> moved(
      Map<String, Nd> fed, Map<String, Nd> directions, double step) {
    Map<String, Nd> moved = new LinkedHashMap<>(fed);
    directions.forEach(
        (name, direction) -> {
          Nd from = Interpreter.require(fed, name);
          moved.put(name, Nd.of(from.shape(), i -> from.at(i) + step * direction.at(i)));
        });
    return moved;
  }

  private static double loss(Graph graph, Map<String, Nd> fed) {
    return Interpreter.run(graph, fed).output("loss").at(0);
  }
}
