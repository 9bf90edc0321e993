package io.github.nolabel.fragment.layer;

import io.github.nolabel.api.Require;
import io.github.nolabel.api.Shape;
import io.github.nolabel.fragment.Fragment;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.graph.Initializer;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;

/**
 * {@code y = x W' + b}, float[..., inputWidth] to float[..., outputWidth]. As in PyTorch the weight
 * is float[outputWidth, inputWidth].
 *
 * @param weights first values of the weight; the bias starts as PyTorch's or, with any other choice
 *     than PyTorch's weights, at zero
 */
public record Dense(int inputWidth, int outputWidth, boolean bias, Weights weights)
    implements Fragment {

  /** How the weight starts. */
  public enum Weights {
    /** Uniform in 1 / sqrt(inputWidth), weight and bias alike. */
    PYTORCH,
    /** Normal with standard deviation 0.02, cut at two: transformers of images. */
    TRANSFORMER,
    /**
     * Normal with standard deviation {@code 0.02 sqrt(768 / inputWidth)}: that of BERT (Devlin et
     * al. 2019, arXiv 1810.04805) at its own width. Narrower networks keep its gain; with a
     * deviation of 0.02 their branches would start next to nothing.
     */
    BERT
  }

  public Dense {
    Require.positive("inputWidth", inputWidth);
    Require.positive("outputWidth", outputWidth);
  }

  public Dense(int inputWidth, int outputWidth) {
    this(inputWidth, outputWidth, true, Weights.PYTORCH);
  }

  public Dense withoutBias() {
    return new Dense(inputWidth, outputWidth, false, weights);
  }

  @Override
  public TensorFunction attach(Scope scope) {
    Value weight = scope.weight("weight", Shape.of(outputWidth, inputWidth), initial());
    Ops g = scope.ops();
    if (!bias) {
      return x -> g.matMul(x, g.transposeMatrix(weight));
    }
    Value offset =
        scope.bias(
            "bias",
            Shape.of(outputWidth),
            weights == Weights.PYTORCH ? initial() : Initializer.constant(0));
    return x ->
        x.shape().rank() == 2
            ? g.gemm(x, weight, offset, false, true)
            : g.add(g.matMul(x, g.transposeMatrix(weight)), offset);
  }

  private Initializer initial() {
    return switch (weights) {
      case PYTORCH -> Initializer.fanIn(inputWidth);
      case TRANSFORMER -> Initializer.truncatedNormal(0.02);
      case BERT -> Initializer.normal(0.02 * Math.sqrt(768.0 / inputWidth));
    };
  }
}
