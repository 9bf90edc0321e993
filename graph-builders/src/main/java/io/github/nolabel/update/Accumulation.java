package io.github.nolabel.update;

import io.github.nolabel.api.train.Sharing;
import io.github.nolabel.graph.Initializer;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Parameter;
import io.github.nolabel.graph.Value;
import io.github.nolabel.step.StepGraph;
import java.util.LinkedHashMap;
import java.util.Map;

/** Gradients summed over the micro-steps of an update. */
final class Accumulation {

  private Accumulation() {}

  /** The mean gradients of the update so far; kept until the update ends. */
  static Map<Parameter, Value> of(StepGraph step, Map<Parameter, Value> gradients) {
    if (step.accumulate() == 1) {
      return gradients;
    }
    Map<Parameter, Value> sums = new LinkedHashMap<>();
    gradients.forEach((p, gradient) -> sums.put(p, sum(step, p, gradient)));
    return sums;
  }

  private static Value sum(StepGraph step, Parameter parameter, Value gradient) {
    Ops g = step.ops("update");
    Value sum =
        step.scope("optimizer/accumulated")
            .memory(parameter.name(), gradient.shape(), Sharing.LOCAL, Initializer.constant(0));
    Value next = g.add(sum, g.mul(gradient, 1.0 / step.accumulate()));
    step.write(sum, step.onUpdate(g.zerosLike(next), next));
    return next;
  }
}
