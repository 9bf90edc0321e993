package io.github.nolabel.fragment.layer;

import io.github.nolabel.api.Dim;
import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import java.util.List;

/** What is added to attention scores so that some tokens are not seen: 0, or far below zero. */
public final class AttentionBias {

  /** Finite, so that a row that sees nothing stays a number. */
  private static final double UNSEEN = -1e9;

  private AttentionBias() {}

  /**
   * Nobody sees padding.
   *
   * @param mask int64[N, s], 1 for a token and 0 for padding
   * @return float[N, 1, 1, s]
   */
  public static Value ofPadding(Ops g, Value mask) {
    Shape perToken =
        new Shape(List.of(mask.shape().dim(0), Dim.of(1), Dim.of(1), mask.shape().dim(1)));
    Value hidden = g.sub(g.constant(1), g.cast(g.reshape(mask, perToken), ElementType.FLOAT));
    return g.mul(hidden, UNSEEN);
  }

  /** Token i sees tokens 0 to i: float[1, 1, t, t]. */
  public static Value causal(Ops g, long tokens) {
    int size = Math.toIntExact(tokens);
    float[] bias = new float[size * size];
    for (int row = 0; row < size; row++) {
      for (int column = row + 1; column < size; column++) {
        bias[row * size + column] = (float) UNSEEN;
      }
    }
    return g.constant(Tensor.of(bias, 1, 1, size, size));
  }

  /**
   * Seen where the condition holds.
   *
   * @param seen bool, broadcast to [N, heads, t, s]
   */
  public static Value where(Ops g, Value seen) {
    return g.where(seen, g.constant(0), g.constant(UNSEEN));
  }
}
