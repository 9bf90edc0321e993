package io.github.nolabel.fragment.layer;

import io.github.nolabel.fragment.Fragment;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Scope;

/**
 * The pre-norm transformer block, float[N, tokens, width] to the same shape: {@code x +=
 * attention(norm(x)); x += mlp(norm(x))}, the MLP four times as wide inside.
 *
 * @param epsilon of the normalisations
 * @param dropout after the attention's projection and after both layers of the MLP
 * @param dropPath probability of leaving out a branch for an example
 */
public record TransformerBlock(
    int width, int heads, Activation activation, double epsilon, double dropout, double dropPath)
    implements Fragment {

  @Override
  public TensorFunction attach(Scope scope) {
    TensorFunction attention =
        new LayerNorm(width, epsilon)
            .attach(scope.child("norm1"))
            .andThen(new MultiHeadAttention(width, heads).attach(scope.child("attn")))
            .andThen(dropped(scope.child("attn")));
    TensorFunction mlp =
        new LayerNorm(width, epsilon)
            .attach(scope.child("norm2"))
            .andThen(dense(width, 4 * width).attach(scope.child("mlp/fc1")))
            .andThen(activation.attach(scope.child("mlp")))
            .andThen(new Dropout(dropout).attach(scope.child("mlp/fc1")))
            .andThen(dense(4 * width, width).attach(scope.child("mlp/fc2")))
            .andThen(dropped(scope.child("mlp")));
    Ops g = scope.ops();
    TensorFunction attended = x -> g.add(x, attention.apply(x));
    return attended.andThen(x -> g.add(x, mlp.apply(x)));
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
