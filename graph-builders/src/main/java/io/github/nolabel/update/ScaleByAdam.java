package io.github.nolabel.update;

import io.github.nolabel.api.control.Schedule;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;

/**
 * Adam's direction (Kingma and Ba 2015): {@code (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) +
 * epsilon)} with {@code m} and {@code v} the moving means of {@code g} and {@code g^2}. The
 * corrections are computed in double precision and fed.
 */
record ScaleByAdam(double beta1, double beta2, double epsilon) implements UpdateRule {

  @Override
  public Value apply(UpdateScope parameter, Value direction) {
    Ops g = parameter.ops();
    Value mean = moved(parameter, "mean", beta1, direction);
    Value square = moved(parameter, "square", beta2, g.mul(direction, direction));
    Value meanScale = parameter.scheduled("mean_scale", new Correction(beta1));
    Value squareScale = parameter.scheduled("square_scale", new Correction(beta2));
    Value spread = g.sqrt(g.mul(square, squareScale));
    return g.div(g.mul(mean, meanScale), g.add(spread, g.constant(epsilon)));
  }

  private static Value moved(UpdateScope parameter, String name, double beta, Value towards) {
    Ops g = parameter.ops();
    Value memory = parameter.memory(name);
    Value next = g.add(g.mul(memory, beta), g.mul(towards, 1 - beta));
    parameter.write(memory, next);
    return next;
  }

  /** Undoes the pull of a moment that started at zero. */
  private record Correction(double beta) implements Schedule {

    @Override
    public double at(long step) {
      return 1 / (1 - Math.pow(beta, step + 1.0));
    }
  }
}
