package io.github.nolabel.runtime.kernels.tiles;

import io.github.nolabel.runtime.kernels.onednn.Arithmetic;
import io.github.nolabel.runtime.kernels.onednn.Chain;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.ShortPointer;

/**
 * A matrix of {@link ToomCook}'s for squares, as their numbers lie row by row, in native memory
 * that stays.
 */
record TileMatrix(memory.desc layout, Pointer numbers) {

  /** The one that applies a matrix to the rows and to the columns of squares. */
  static TileMatrix squared(double[][] matrix, Arithmetic arithmetic) {
    return of(squared(matrix), arithmetic);
  }

  static double[][] squared(double[][] matrix) {
    int rows = matrix.length;
    int columns = matrix[0].length;
    double[][] squared = new double[rows * rows][columns * columns];
    for (int i = 0; i < rows * rows; i++) {
      for (int j = 0; j < columns * columns; j++) {
        squared[i][j] = matrix[i / rows][j / columns] * matrix[i % rows][j % columns];
      }
    }
    return squared;
  }

  static TileMatrix of(double[][] matrix, Arithmetic arithmetic) {
    int columns = matrix[0].length;
    float[] numbers = new float[matrix.length * columns];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) matrix[i / columns][i % columns];
    }
    return new TileMatrix(
        arithmetic.rows(matrix.length, columns),
        arithmetic == Arithmetic.BF16 ? halves(numbers) : new FloatPointer(numbers));
  }

  /** As bf16, which all of them have to be already. */
  private static Pointer halves(float[] numbers) {
    short[] halves = new short[numbers.length];
    for (int i = 0; i < halves.length; i++) {
      halves[i] = (short) (Float.floatToRawIntBits(numbers[i]) >>> Short.SIZE);
    }
    return new ShortPointer(halves);
  }

  memory in(Chain chain) {
    return chain.kept(layout, numbers);
  }
}
