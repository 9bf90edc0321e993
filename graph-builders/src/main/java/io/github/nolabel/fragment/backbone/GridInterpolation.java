package io.github.nolabel.fragment.backbone;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import java.nio.FloatBuffer;

/**
 * Bicubic interpolation of a square grid as a matrix: the kernel of Keys 1981 with a = -0.75, pixel
 * centres aligned and edges repeated, as PyTorch does without antialiasing.
 */
final class GridInterpolation {

  private static final double A = -0.75;

  private GridInterpolation() {}

  /** float[to * to, from * from]: rows of weights that sum to one. */
  static Tensor matrix(int from, int to) {
    double[][] line = line(from, to);
    Tensor matrix = Tensor.zeros(ElementType.FLOAT, (long) to * to, (long) from * from);
    FloatBuffer values = matrix.floats();
    for (int target = 0; target < to * to; target++) {
      for (int source = 0; source < from * from; source++) {
        double vertical = line[target / to][source / from];
        values.put((float) (vertical * line[target % to][source % from]));
      }
    }
    return matrix;
  }

  private static double[][] line(int from, int to) {
    double[][] weights = new double[to][from];
    for (int target = 0; target < to; target++) {
      double centre = (target + 0.5) * from / to - 0.5;
      int first = (int) Math.floor(centre) - 1;
      for (int tap = first; tap < first + 4; tap++) {
        int source = Math.max(0, Math.min(from - 1, tap));
        weights[target][source] += kernel(Math.abs(centre - tap));
      }
    }
    return weights;
  }

  private static double kernel(double x) {
    if (x <= 1) {
      return ((A + 2) * x - (A + 3)) * x * x + 1;
    }
    return x < 2 ? A * (((x - 5) * x + 8) * x - 4) : 0;
  }
}
