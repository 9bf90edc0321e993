package io.github.nolabel.data.view;

import java.util.Arrays;

/**
 * Adds up weighted rows, four at a time and in the order in which they come. Rows are arrays of
 * their own, as loops run many times as fast where all arrays have the same index. Reused from sum
 * to sum.
 */
final class RowSum {

  /** Rows that are read together; so many in a row must not be overwritten. */
  static final int AT_ONCE = 4;

  private final float[][] rows = new float[AT_ONCE][];
  private final float[] weights = new float[AT_ONCE];
  private float[] sum = new float[0];
  private int length;
  private int waiting;

  /** Starts a sum of rows of this length. */
  RowSum start(int newLength) {
    if (sum.length < newLength) {
      sum = new float[newLength];
    }
    length = newLength;
    waiting = 0;
    Arrays.fill(sum, 0, length, 0);
    return this;
  }

  /** Does not read {@code row} before the sum is asked for or further rows have come. */
  void add(float[] row, float weight) {
    rows[waiting] = row;
    weights[waiting] = weight;
    if (++waiting == AT_ONCE) {
      flush();
    }
  }

  /** The sum of what was added; may be longer than the rows, and is overwritten by the next. */
  float[] end() {
    if (waiting > 0) {
      Arrays.fill(rows, waiting, AT_ONCE, rows[0]);
      Arrays.fill(weights, waiting, AT_ONCE, 0);
      flush();
    }
    return sum;
  }

  private void flush() {
    waiting = 0;
    add(sum, length, rows[0], rows[1], rows[2], rows[3], weights);
  }

  private static void add(
      float[] sum, int length, float[] a, float[] b, float[] c, float[] d, float[] weights) {
    float ofA = weights[0];
    float ofB = weights[1];
    float ofC = weights[2];
    float ofD = weights[3];
    for (int x = 0; x < length; x++) {
      sum[x] = sum[x] + ofA * a[x] + ofB * b[x] + ofC * c[x] + ofD * d[x];
    }
  }
}
