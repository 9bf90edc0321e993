package io.github.nolabel.networks;

import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.graph.Initializer;
import io.github.nolabel.graph.Role;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;
import io.github.nolabel.networks.table.WeightKey;
import io.github.nolabel.networks.table.WeightUse;

/**
 * An initializer that is a parameter.
 *
 * @param key which of the file it is
 * @param path of the parameter below the backbone's scope
 * @param groups of the convolution it belongs to
 */
record ImportedWeight(WeightKey key, String path, WeightUse use, long groups, Tensor initial) {

  /**
   * @param reset whether to draw the first values anew instead of keeping the file's
   */
  Value declare(Scope scope, boolean reset) {
    Shape shape = initial.shape();
    Initializer first = reset ? standard() : Initializer.values(initial);
    Role role = use.role(shape);
    return switch (role) {
      case WEIGHT -> scope.weight(path, shape, first);
      case BIAS -> scope.bias(path, shape, first);
      case GAIN -> scope.gain(path, shape, first);
      case EMBEDDING -> scope.embedding(path, shape, first);
      default -> scope.statistic(path, shape, first);
    };
  }

  /** As built-in layers start: He et al. for kernels, uniform by fan-in for matrices. */
  private Initializer standard() {
    Shape shape = initial.shape();
    return switch (use.role(shape)) {
      case GAIN -> Initializer.constant(1);
      case BIAS -> Initializer.constant(0);
      case EMBEDDING -> Initializer.truncatedNormal(0.02);
      case STATISTIC -> Initializer.constant(use == WeightUse.VARIANCE ? 1 : 0);
      default -> kernel(shape);
    };
  }

  private Initializer kernel(Shape shape) {
    if (shape.rank() == 4) {
      long fanOut = shape.extent(0) * shape.extent(2) * shape.extent(3) / groups;
      return Initializer.kaimingFanOut(Math.max(1, fanOut));
    }
    return Initializer.fanIn(Math.max(1, shape.extent(shape.rank() >= 2 ? -2 : 0)));
  }
}
