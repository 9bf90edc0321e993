package io.github.nolabel.runtime.kernels.maps;

import io.github.nolabel.runtime.kernels.node.Kernel;
import io.github.nolabel.runtime.kernels.node.KernelCall;
import io.github.nolabel.runtime.kernels.node.MapShape;
import io.github.nolabel.runtime.kernels.node.NativeTensor;
import io.github.nolabel.runtime.kernels.node.NodeAttributes;
import io.github.nolabel.runtime.kernels.node.Workplace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

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
  private final Map<List<Record>, NormalisationGradient> plans = new HashMap<>();

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
    MapShape shape = MapShape.of(x);
    NormalisationGradient plan = relu ? masked(call, shape, arriving) : plain(shape, arriving);
    NativeTensor scale = call.input(2);
    plan.given(scale, call.input(3).numbers(), call.input(4).numbers());
    NativeTensor dx = call.output(0, x.extents());
    NativeTensor dscale = call.output(1, List.of(shape.channels()));
    NativeTensor dbias = call.output(2, List.of(shape.channels()));
    if (dx == null || dscale == null || dbias == null) {
      throw new IllegalArgumentException("all three results are needed");
    }
    plan.sums(call, arriving, x, dx);
    dscale.write(plan.dscale());
    dbias.write(plan.dbias());
    plan.finish(call, scale.numbers(), x, dx);
  }

  private NormalisationGradient plain(MapShape shape, List<NativeTensor> arriving) {
    shape.requireSame("the gradient", arriving.get(0));
    return plans.computeIfAbsent(
        List.of(shape), key -> new NormalisationGradient(shape, null, epsilon, place));
  }

  private NormalisationGradient masked(
      KernelCall call, MapShape shape, List<NativeTensor> arriving) {
    NativeTensor y = call.input(5);
    NativeTensor other = call.optionalInput(6);
    NativeTensor kept = call.output(3, y.extents());
    shape.requireSame("ReLU's result", y);
    MaskedGradient mask =
        new MaskedGradient(
            shape,
            MapShape.of(arriving.get(0)),
            other == null ? null : MapShape.of(other),
            kept != null);
    Stream.of(other, y, kept).filter(Objects::nonNull).forEach(arriving::add);
    return plans.computeIfAbsent(
        List.of(shape, mask), key -> new NormalisationGradient(shape, mask, epsilon, place));
  }
}
