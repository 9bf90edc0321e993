package io.github.nolabel.fragment.backbone;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Require;
import io.github.nolabel.api.Tensor;
import java.nio.FloatBuffer;

/**
 * Fixed positions of a square grid of patches, as in MoCo v3 (Chen, Xie and He 2021, section 4.1):
 * a quarter of the width each for sine and cosine of the row and of the column.
 *
 * <pre>
 * sin(row f_i), cos(row f_i), sin(column f_i), cos(column f_i)   with f_i = 10000^(-i / (width / 4))
 * </pre>
 */
final class SineGrid {

  private SineGrid() {}

  /**
   * float[1, side * side + 1, width]; zeros for the class token, then row by row.
   *
   * @throws io.github.nolabel.api.UserMistake if {@code width} is no multiple of four
   */
  static Tensor positions(int side, int width) {
    Require.that(
        width % 4 == 0,
        "Sine positions need a width that is a multiple of 4, got %d. Choose backbone.positions=learnt."
            .formatted(width));
    Tensor positions = Tensor.zeros(ElementType.FLOAT, 1, (long) side * side + 1, width);
    FloatBuffer values = positions.floats();
    values.position(width);
    for (int patch = 0; patch < side * side; patch++) {
      putWaves(values, patch / side, width / 4);
      putWaves(values, patch % side, width / 4);
    }
    return positions;
  }

  private static void putWaves(FloatBuffer values, int place, int count) {
    for (int i = 0; i < count; i++) {
      values.put((float) Math.sin(place * frequency(i, count)));
    }
    for (int i = 0; i < count; i++) {
      values.put((float) Math.cos(place * frequency(i, count)));
    }
  }

  private static double frequency(int i, int count) {
    return Math.pow(10_000, -(double) i / count);
  }
}
