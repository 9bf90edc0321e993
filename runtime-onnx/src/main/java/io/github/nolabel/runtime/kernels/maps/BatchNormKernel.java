package io.github.nolabel.runtime.kernels.maps;

import io.github.nolabel.runtime.kernels.node.Kernel;
import io.github.nolabel.runtime.kernels.node.KernelCall;
import io.github.nolabel.runtime.kernels.node.MapShape;
import io.github.nolabel.runtime.kernels.node.NativeTensor;
import io.github.nolabel.runtime.kernels.node.NodeAttributes;
import io.github.nolabel.runtime.kernels.node.Plans;
import io.github.nolabel.runtime.kernels.node.Workplace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Batch normalisation in training, as ONNX Runtime's {@code BatchNormInternal} does it on the CPU:
 * {@code y = (x - mean) / sqrt(variance + epsilon) * scale + bias} over the batch's own mean and
 * biased variance, and {@code running = momentum * running + (1 - momentum) * own} for both. It
 * returns y, the two running ones, the mean and {@code 1 / sqrt(variance + epsilon)}. With ReLU, y
 * is {@code max(0, y + other)}, where the other is input 5 if there is one.
 */
final class BatchNormKernel implements Kernel {

  private final double epsilon;
  private final double momentum;
  private final boolean relu;
  private final Workplace place;
  private final Plans<Normalisation> plans = new Plans<>();

  private BatchNormKernel(NodeAttributes node, boolean relu, Workplace place) {
    this.epsilon = node.number("epsilon", 1e-5f);
    this.momentum = node.number("momentum", 0.9f);
    this.relu = relu;
    this.place = place;
  }

  static Kernel of(NodeAttributes node, Workplace place) {
    return new BatchNormKernel(node, false, place);
  }

  static Kernel withRelu(NodeAttributes node, Workplace place) {
    return new BatchNormKernel(node, true, place);
  }

  @Override
  public void compute(KernelCall call) {
    NativeTensor x = call.input(0);
    Normalisation plan =
        plans.of(List.of(x), () -> new Normalisation(MapShape.of(x), (float) epsilon, relu, place));
    Moments moments = plan.moments(call, x);
    List<Long> channels = List.of(x.extents().get(1));
    write(call.output(1, channels), blended(call.input(3), moments.mean()));
    write(call.output(2, channels), blended(call.input(4), moments.variance()));
    write(call.output(3, channels), moments.mean());
    write(call.output(4, channels), inverseDeviation(moments.variance()));
    NormalisedMaps normalised = plan.by(moments, call.input(1), call.input(2));
    NativeTensor other = relu ? call.optionalInput(5) : null;
    if (other == null) {
      normalised.write(call, x);
    } else {
      normalised.write(call, x, other);
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
