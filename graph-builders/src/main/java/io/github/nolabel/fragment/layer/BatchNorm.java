package io.github.nolabel.fragment.layer;

import io.github.nolabel.api.Require;
import io.github.nolabel.api.Shape;
import io.github.nolabel.fragment.Fragment;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.graph.Initializer;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;
import java.util.List;

/**
 * Batch normalisation (Ioffe and Szegedy 2015) over float[N, channels, ...]: with the batch's
 * statistics while training, with the running ones in inference. Applied twice, the second
 * application continues the first one's running statistics.
 *
 * @param affine whether there are a gain and a bias
 * @param firstGain the gain's first value: 1, or 0 to silence a residual branch
 */
public record BatchNorm(int channels, boolean affine, double firstGain) implements Fragment {

  /** Share of the running statistics that a batch leaves in place; PyTorch calls 0.1 momentum. */
  private static final double KEEP = 0.9;

  private static final double EPSILON = 1e-5;

  public BatchNorm {
    Require.positive("channels", channels);
  }

  public BatchNorm(int channels) {
    this(channels, true, 1);
  }

  @Override
  public TensorFunction attach(Scope scope) {
    Shape shape = Shape.of(channels);
    Initializer zero = Initializer.constant(0);
    Initializer first = Initializer.constant(firstGain);
    return new Attached(
        scope,
        affine ? scope.gain("weight", shape, first) : scope.statistic("weight", shape, first),
        affine ? scope.bias("bias", shape, zero) : scope.statistic("bias", shape, zero),
        scope.statistic("running_mean", shape, zero),
        scope.statistic("running_var", shape, Initializer.constant(1)));
  }

  /** Remembers how far the running statistics have moved within one graph. */
  private static final class Attached implements TensorFunction {

    private final Scope scope;
    private final Value gain;
    private final Value bias;
    private Value mean;
    private Value variance;

    Attached(Scope scope, Value gain, Value bias, Value mean, Value variance) {
      this.scope = scope;
      this.gain = gain;
      this.bias = bias;
      this.mean = mean;
      this.variance = variance;
    }

    @Override
    public Value apply(Value x) {
      Ops g = scope.ops();
      if (scope.mode() == Mode.INFERENCE) {
        return g.batchNormInference(x, gain, bias, mean, variance, EPSILON);
      }
      List<Value> results = g.batchNormTraining(x, gain, bias, mean, variance, KEEP, EPSILON);
      mean = results.get(1);
      variance = results.get(2);
      return results.get(0);
    }
  }
}
