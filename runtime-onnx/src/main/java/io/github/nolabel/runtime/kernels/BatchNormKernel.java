package io.github.nolabel.runtime.kernels;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Batch normalisation in training, as ONNX Runtime's {@code BatchNormInternal} does it on the CPU:
 * {@code y = (x - mean) / sqrt(variance + epsilon) * scale + bias} over the batch's own mean and
 * biased variance, and {@code running = momentum * running + (1 - momentum) * own} for both. It
 * returns y, the two running ones, the mean and {@code 1 / sqrt(variance + epsilon)}.
 */
final class BatchNormKernel implements Kernel {

  private final double epsilon;
  private final double momentum;
  private final Workplace place;
  private final Map<MapShape, Normalisation> plans = new HashMap<>();

  private BatchNormKernel(double epsilon, double momentum, Workplace place) {
    this.epsilon = epsilon;
    this.momentum = momentum;
    this.place = place;
  }

  static Kernel of(NodeAttributes node, Workplace place) {
    return new BatchNormKernel(node.number("epsilon", 1e-5f), node.number("momentum", 0.9f), place);
  }

  @Override
  public void compute(KernelCall call) {
    NativeTensor x = call.input(0);
    MapShape shape = MapShape.of(x);
    NativeTensor y = call.output(0, x.extents());
    Normalisation plan =
        plans.computeIfAbsent(shape, s -> new Normalisation(s, (float) epsilon, place));
    Moments moments = plan.moments(call, x);
    List<Long> channels = List.of(shape.channels());
    write(call.output(1, channels), blended(call.input(3), moments.mean()));
    write(call.output(2, channels), blended(call.input(4), moments.variance()));
    write(call.output(3, channels), moments.mean());
    write(call.output(4, channels), inverseDeviation(moments.variance()));
    if (y != null) {
      plan.normalise(call, moments, x, call.input(1), call.input(2), y);
    }
  }

  private double[] inverseDeviation(double[] variance) {
    double[] result = new double[variance.length];
    for (int c = 0; c < result.length; c++) {
      result[c] = 1 / Math.sqrt(variance[c] + epsilon);
    }
    return result;
  }

  private double[] blended(NativeTensor running, double[] own) {
    double[] values = running.numbers();
    for (int c = 0; c < own.length; c++) {
      values[c] = momentum * values[c] + (1 - momentum) * own[c];
    }
    return values;
  }

  private static void write(@Nullable NativeTensor tensor, double[] values) {
    if (tensor != null) {
      tensor.write(values);
    }
  }
}
