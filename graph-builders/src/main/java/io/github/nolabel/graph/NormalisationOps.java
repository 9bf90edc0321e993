package io.github.nolabel.graph;

import io.github.nolabel.api.Dim;
import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import java.util.List;

/** Softmax and the normalisation layers' operators. */
public sealed interface NormalisationOps extends Emitter permits Ops {

  default Value softmax(Value x, int axis) {
    return alongAxis("Softmax", x, axis, x);
  }

  default Value logSoftmax(Value x, int axis) {
    return alongAxis("LogSoftmax", x, axis, x);
  }

  /** {@code y (dy - sum(y dy))} for {@code y = softmax(x)}. */
  default Value softmaxGrad(Value dy, Value y, int axis) {
    return alongAxis("SoftmaxGrad", y, axis, dy, y);
  }

  /** {@code dy - exp(y) sum(dy)} for {@code y = logSoftmax(x)}. */
  default Value logSoftmaxGrad(Value dy, Value y, int axis) {
    return alongAxis("LogSoftmaxGrad", y, axis, dy, y);
  }

  /**
   * Normalises each channel over batch and space with the batch's own statistics, and moves the
   * running ones in place: {@code running = momentum * running + (1 - momentum) * batch}. On the
   * CPU the running variance is the biased one (divided by n), where PyTorch's is divided by n - 1.
   * Applied a second time, the statistics to give are the first application's running outputs.
   *
   * @param x float[N, C, ...]
   * @return the result, then the running mean and variance after it, then what the gradient needs
   */
  default List<Value> batchNormTraining(
      Value x,
      Value gain,
      Value bias,
      Value mean,
      Value variance,
      double momentum,
      double epsilon) {
    Shape channels = gain.shape();
    List<Ops.Output> results =
        List.of(
            new Ops.Output("y", x.type(), x.shape()),
            new Ops.Output("running_mean", ElementType.FLOAT, channels),
            new Ops.Output("running_variance", ElementType.FLOAT, channels),
            new Ops.Output("batch_mean", ElementType.FLOAT, channels),
            new Ops.Output("batch_inverse_std", ElementType.FLOAT, channels));
    Attributes attributes =
        Attributes.of("epsilon", epsilon).with("momentum", momentum).with("training_mode", 1L);
    return emit("BatchNormInternal", List.of(x, gain, bias, mean, variance), results, attributes);
  }

  /** Gradients of {@link #batchNormTraining} for x, gain and bias. */
  default List<Value> batchNormGrad(
      Value dy, Value x, Value gain, Value batchMean, Value batchInverseStd, double epsilon) {
    List<Ops.Output> results =
        List.of(
            new Ops.Output("dx", x.type(), x.shape()),
            new Ops.Output("dgain", gain.type(), gain.shape()),
            new Ops.Output("dbias", gain.type(), gain.shape()));
    return emit(
        "BatchNormalizationGrad",
        List.of(dy, x, gain, batchMean, batchInverseStd),
        results,
        Attributes.of("epsilon", epsilon));
  }

  /** Normalises each channel with given statistics. */
  default Value batchNormInference(
      Value x, Value gain, Value bias, Value mean, Value variance, double epsilon) {
    Attributes attributes = Attributes.of("epsilon", epsilon);
    return emit("BatchNormalization", x.shape(), attributes, x, gain, bias, mean, variance);
  }

  /**
   * Normalises over the last axis.
   *
   * @return the result, then mean and inverse standard deviation, float[..., 1]
   */
  default List<Value> layerNorm(Value x, Value gain, Value bias, double epsilon) {
    int last = x.shape().rank() - 1;
    Shape statistics = Shapes.with(x.shape(), last, Dim.of(1));
    List<Ops.Output> results =
        List.of(
            new Ops.Output("y", x.type(), x.shape()),
            new Ops.Output("mean", ElementType.FLOAT, statistics),
            new Ops.Output("inverse_std", ElementType.FLOAT, statistics));
    Attributes attributes = Attributes.of("axis", -1L).with("epsilon", epsilon);
    return emit("LayerNormalization", List.of(x, gain, bias), results, attributes);
  }

  /** Gradients of {@link #layerNorm} for x, gain and bias. */
  default List<Value> layerNormGrad(Value dy, Value x, Value gain, Value mean, Value inverseStd) {
    List<Ops.Output> results =
        List.of(
            new Ops.Output("dx", x.type(), x.shape()),
            new Ops.Output("dgain", gain.type(), gain.shape()),
            new Ops.Output("dbias", gain.type(), gain.shape()));
    return emit(
        "LayerNormalizationGrad",
        List.of(dy, x, gain, mean, inverseStd),
        results,
        Attributes.of("axis", -1L));
  }

  private Value alongAxis(String op, Value like, int axis, Value... operands) {
    Attributes attributes = Attributes.of("axis", Shapes.axis(op, like.shape(), axis));
    return emit(op, like.type(), like.shape(), attributes, operands);
  }
}
