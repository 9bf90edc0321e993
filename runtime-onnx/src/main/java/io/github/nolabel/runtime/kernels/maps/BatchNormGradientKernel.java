package io.github.nolabel.runtime.kernels.maps;

import io.github.nolabel.runtime.kernels.node.Kernel;
import io.github.nolabel.runtime.kernels.node.KernelCall;
import io.github.nolabel.runtime.kernels.node.MapShape;
import io.github.nolabel.runtime.kernels.node.NativeTensor;
import io.github.nolabel.runtime.kernels.node.NodeAttributes;
import io.github.nolabel.runtime.kernels.node.Plans;
import io.github.nolabel.runtime.kernels.node.Workplace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of {@link BatchNormKernel}, from dy, x, scale, mean and 1 / deviation to dx, dscale
 * and dbias: {@code dbias = sum(dy)}, {@code dscale = sum(dy * z)} with {@code z = (x - mean) /
 * deviation}, and {@code dx = scale / deviation * (dy - (dbias + z * dscale) / M)} over the M
 * numbers of a channel. With ReLU, {@link MaskedGradient} takes the place of dy.
 */
final class BatchNormGradientKernel implements Kernel {

  private final float epsilon;
  private final boolean relu;
  private final Workplace place;
  private final Plans<NormalisationGradient> plans = new Plans<>();

  private BatchNormGradientKernel(NodeAttributes node, boolean relu, Workplace place) {
    this.epsilon = node.number("epsilon", 1e-5f);
    this.relu = relu;
    this.place = place;
  }

  static Kernel of(NodeAttributes node, Workplace place) {
    return new BatchNormGradientKernel(node, false, place);
  }

  static Kernel withRelu(NodeAttributes node, Workplace place) {
    return new BatchNormGradientKernel(node, true, place);
  }

  @Override
  public void compute(KernelCall call) {
    List<NativeTensor> arriving = new ArrayList<>(List.of(call.input(0)));
    NativeTensor x = call.input(1);
    NormalisationGradient plan = relu ? masked(call, x, arriving) : plain(x, arriving);
    NativeTensor scale = call.input(2);
    plan.given(scale, call.input(3).numbers(), call.input(4).numbers());
    NativeTensor dx = call.output(0, x.extents());
    NativeTensor dscale = call.output(1, scale.extents());
    NativeTensor dbias = call.output(2, scale.extents());
    if (dx == null || dscale == null || dbias == null) {
      throw new IllegalArgumentException("all three results are needed");
    }
    plan.sums(call, arriving, x, dx);
    dscale.write(plan.dscale());
    dbias.write(plan.dbias());
    plan.finish(call, scale.numbers(), x, dx);
  }

  private NormalisationGradient plain(NativeTensor x, List<NativeTensor> arriving) {
    NativeTensor dy = arriving.get(0);
    return plans.of(List.of(x, dy), () -> gradient(shape(x, "the gradient", dy), null));
  }

  private NormalisationGradient masked(
      KernelCall call, NativeTensor x, List<NativeTensor> arriving) {
    NativeTensor y = call.input(5);
    NativeTensor other = call.optionalInput(6);
    NativeTensor kept = call.output(3, y.extents());
    if (other != null) {
      arriving.add(other);
    }
    arriving.add(y);
    if (kept != null) {
      arriving.add(kept);
    }
    List<NativeTensor> all = new ArrayList<>(arriving);
    all.add(x);
    return plans.of(
        all,
        () -> {
          MapShape shape = shape(x, "ReLU's result", y);
          MapShape dy = MapShape.of(arriving.get(0));
          MapShape second = other == null ? null : MapShape.of(other);
          return gradient(shape, new MaskedGradient(shape, dy, second, kept != null));
        });
  }

  private static MapShape shape(NativeTensor x, String what, NativeTensor other) {
    MapShape shape = MapShape.of(x);
    shape.requireSame(what, other);
    return shape;
  }

  private NormalisationGradient gradient(MapShape shape, @Nullable MaskedGradient mask) {
    return new NormalisationGradient(shape, mask, epsilon, place);
  }
}
