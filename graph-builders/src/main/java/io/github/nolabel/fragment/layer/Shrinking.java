package io.github.nolabel.fragment.layer;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Require;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import java.nio.FloatBuffer;

/**
 * Square images at a smaller size, float[N, C, from, from] to float[N, C, to, to]: bilinear with
 * antialiasing, as PIL does. Along each axis a new pixel is a weighted mean of old ones,
 *
 * <pre>
 * w(t, s) ~ max(0, 1 - |s + 1/2 - (t + 1/2) r| / r),   r = from / to
 * </pre>
 *
 * @param from width and height in pixels
 * @param to the same, and no larger
 */
public record Shrinking(int from, int to) {

  public Shrinking {
    Require.positive("to", to);
    Require.that(to <= from, "%d pixels are not less than %d".formatted(to, from));
  }

  /** {@code images} themselves if the size stays. */
  public Value of(Ops g, Value images) {
    if (from == to) {
      return images;
    }
    Value rows = g.constant(matrix());
    return g.matMul(g.matMul(rows, images), g.transposeMatrix(rows));
  }

  /** float[to, from]: rows that sum to one. */
  private Tensor matrix() {
    double ratio = (double) from / to;
    Tensor matrix = Tensor.zeros(ElementType.FLOAT, to, from);
    FloatBuffer values = matrix.floats();
    for (int target = 0; target < to; target++) {
      double[] weights = new double[from];
      double sum = 0;
      for (int source = 0; source < from; source++) {
        double apart = Math.abs(source + 0.5 - (target + 0.5) * ratio);
        weights[source] = Math.max(0, 1 - apart / ratio);
        sum += weights[source];
      }
      for (double weight : weights) {
        values.put((float) (weight / sum));
      }
    }
    return matrix;
  }
}
