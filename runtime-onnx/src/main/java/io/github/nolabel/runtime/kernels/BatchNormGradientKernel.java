package io.github.nolabel.runtime.kernels;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The gradient of {@link BatchNormKernel}, from dy, x, scale, mean and 1 / deviation to dx, dscale
 * and dbias: {@code dbias = sum(dy)}, {@code dscale = sum(dy * z)} with {@code z = (x - mean) /
 * deviation}, and {@code dx = scale / deviation * (dy - (dbias + z * dscale) / M)} over the M
 * numbers of a channel.
 */
final class BatchNormGradientKernel implements Kernel {

  private final float epsilon;
  private final Workplace place;
  private final Map<MapShape, NormalisationGradient> plans = new HashMap<>();

  private BatchNormGradientKernel(float epsilon, Workplace place) {
    this.epsilon = epsilon;
    this.place = place;
  }

  static Kernel of(NodeAttributes node, Workplace place) {
    return new BatchNormGradientKernel(node.number("epsilon", 1e-5f), place);
  }

  @Override
  public void compute(KernelCall call) {
    NativeTensor dy = call.input(0);
    NativeTensor x = call.input(1);
    MapShape shape = MapShape.of(x);
    shape.requireSame("the gradient", dy);
    NormalisationGradient plan =
        plans.computeIfAbsent(shape, s -> new NormalisationGradient(s, epsilon, place));
    NativeTensor scale = call.input(2);
    plan.given(scale, call.input(3).numbers(), call.input(4).numbers());
    NativeTensor dx = call.output(0, x.extents());
    NativeTensor dscale = call.output(1, List.of(shape.channels()));
    NativeTensor dbias = call.output(2, List.of(shape.channels()));
    if (dx == null || dscale == null || dbias == null) {
      throw new IllegalArgumentException("all three results are needed");
    }
    plan.sums(call, dy, x, dx);
    dscale.write(plan.dscale());
    dbias.write(plan.dbias());
    plan.finish(call, scale.numbers(), x, dx);
  }
}
