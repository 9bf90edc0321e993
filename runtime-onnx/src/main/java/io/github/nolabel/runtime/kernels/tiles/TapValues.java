package io.github.nolabel.runtime.kernels.tiles;

import io.github.nolabel.runtime.kernels.onednn.Arithmetic;

/**
 * From the nine taps of a pair of channels to the values that are multiplied.
 *
 * @param arithmetic of values
 * @param count of values
 * @param matrix {@code [count, 9]}
 * @param turned the same for the convolution whose gradient this one is
 */
record TapValues(Arithmetic arithmetic, long count, TileMatrix matrix, TileMatrix turned) {

  static TapValues of(Arithmetic arithmetic, double[][] matrix, double[][] turned) {
    return new TapValues(
        arithmetic,
        matrix.length,
        TileMatrix.of(matrix, Arithmetic.FP32),
        TileMatrix.of(turned, Arithmetic.FP32));
  }
}
