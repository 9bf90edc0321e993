package io.github.nolabel.objective;

import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.control.Schedule;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.train.Sharing;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.api.view.View;
import io.github.nolabel.fragment.Fragment;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Initializer;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;
import io.github.nolabel.step.StepGraph;
import java.util.List;
import java.util.function.Consumer;

/**
 * Linear regression: {@code mean((pixels W + b - targets)^2)}. The mean of its predictions is
 * remembered: {@code mean = keep * mean + (1 - keep) * batch mean}, {@code keep} being fed.
 */
record LineObjective(Consumer<StepGraph> extra) implements Objective {

  static final double KEEP = 0.75;

  static final int WIDTH = 2;
  static final int PIXELS = 12;

  static Tensor firstWeights() {
    float[] values = new float[PIXELS * WIDTH];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(i) / 4;
    }
    return Tensor.of(values, PIXELS, WIDTH);
  }

  @Override
  public Value loss(StepGraph step) {
    extra.accept(step);
    GraphBuilder graph = step.graph();
    Value images = graph.input("view_1", Shape.batched(3, 2, 2));
    Value targets = graph.input("targets", Shape.batched(WIDTH));
    Value keep = step.scheduled("keep", Schedule.constant(KEEP));
    Value predictions = line().attach(graph.scope("student")).apply(images);
    Ops g = graph.ops("loss");
    Value mean =
        graph
            .frozenScope("seen")
            .memory("mean", Shape.of(WIDTH), Sharing.AVERAGED, Initializer.constant(0));
    Value batch = g.reduceMean(predictions, false, 0);
    step.write(mean, g.add(g.mul(mean, keep), g.mul(batch, g.sub(g.constant(1), keep))));
    Value distance = g.sub(predictions, targets);
    return g.reduceMean(g.mul(distance, distance), false);
  }

  @Override
  public InputPlan inputs() {
    return InputPlan.ofViews(List.of(new View("view_1", 2, List.of())), Preprocessing.standard(2));
  }

  @Override
  public List<Cut> cuts() {
    return List.of(new Cut("backbone", "student", line()));
  }

  private static Fragment line() {
    return LineObjective::attach;
  }

  static TensorFunction attach(Scope scope) {
    Value weight =
        scope.weight("weight", Shape.of(PIXELS, WIDTH), Initializer.values(firstWeights()));
    Value bias = scope.bias("bias", Shape.of(WIDTH), Initializer.constant(0.5));
    Ops g = scope.ops();
    return x -> g.add(g.matMul(g.reshape(x, Shape.batched(PIXELS)), weight), bias);
  }
}
