package io.github.nolabel.fragment.layer;

import io.github.nolabel.api.Shape;
import io.github.nolabel.fragment.Fragment;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.graph.Initializer;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;

/**
 * The pre-norm transformer block, float[N, tokens, width] to the same shape: {@code x +=
 * attention(norm(x)); x += mlp(norm(x))}, the MLP four times as wide inside.
 *
 * @param epsilon of the normalisations
 * @param dropout after the attention's projection and after both layers of the MLP
 * @param dropPath probability of leaving out a branch for an example
 * @param layerScale first factor of each channel at the end of a branch (Touvron et al. 2021, arXiv
 *     2103.17239); 0 for none
 * @param qkNorm whether attention normalises queries and keys
 */
public record TransformerBlock(
    int width,
    int heads,
    Activation activation,
    double epsilon,
    double dropout,
    double dropPath,
    double layerScale,
    boolean qkNorm)
    implements Fragment {

  @Override
  public TensorFunction attach(Scope scope) {
    TensorFunction attention =
        new LayerNorm(width, epsilon)
            .attach(scope.child("norm1"))
            .andThen(
                new MultiHeadAttention(width, heads, qkNorm, epsilon).attach(scope.child("attn")))
            .andThen(scaled(scope.child("ls1")))
            .andThen(dropped(scope.child("attn")));
    TensorFunction mlp =
        new LayerNorm(width, epsilon)
            .attach(scope.child("norm2"))
            .andThen(dense(width, 4 * width).attach(scope.child("mlp/fc1")))
            .andThen(activation.attach(scope.child("mlp")))
            .andThen(new Dropout(dropout).attach(scope.child("mlp/fc1")))
            .andThen(dense(4 * width, width).attach(scope.child("mlp/fc2")))
            .andThen(scaled(scope.child("ls2")))
            .andThen(dropped(scope.child("mlp")));
    Ops g = scope.ops();
    TensorFunction attended = x -> g.add(x, attention.apply(x));
    return attended.andThen(x -> g.add(x, mlp.apply(x)));
  }

  private TensorFunction scaled(Scope scope) {
    if (layerScale == 0) {
      return x -> x;
    }
    Value gamma = scope.gain("gamma", Shape.of(width), Initializer.constant(layerScale));
    return x -> scope.ops().mul(x, gamma);
  }

  /** What the end of a branch goes through. */
  private TensorFunction dropped(Scope branch) {
    return new Dropout(dropout)
        .then("path", Dropout.path(dropPath))
        .attach(branch.child("dropout"));
  }

  private static Dense dense(int inputWidth, int outputWidth) {
    return new Dense(inputWidth, outputWidth, true, Dense.Weights.TRANSFORMER);
  }
}
