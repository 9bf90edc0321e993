package io.github.nolabel.data.view;

/**
 * Rows of pixels, turned so that every column is an array: what is summed along rows is sums of
 * whole arrays then, which are many times as fast. Reused from image to image.
 */
final class TurnedRows {

  private static final int AT_ONCE = 4;

  /** Rows that fill lines of the processor's cache. */
  private static final int BATCH = 16;

  /** Columns whose lines stay in the first cache. */
  private static final int NEAR = 128;

  private float[][] some = new float[0][];
  private float[][] columns = new float[0][];
  private int width;
  private int height;

  /** Takes this size; the values are whatever was there. */
  void reshape(int newWidth, int newHeight) {
    width = newWidth;
    height = newHeight;
    columns = Rows.room(columns, width, length());
    some = Rows.room(some, BATCH, Math.max(Math.multiplyExact(3, width), length()));
  }

  /** Numbers of a column: red, green and blue of all rows, each up to a multiple of 4. */
  int length() {
    return Math.multiplyExact(3, stride());
  }

  float[] column(int x) {
    return columns[x];
  }

  /** Takes row {@code y}, which comes after {@code y - 1}: all red, all green, all blue. */
  void addRow(int y, float[] row) {
    System.arraycopy(row, 0, some[y % BATCH], 0, 3 * width);
    if (y % BATCH == BATCH - 1 || y == height - 1) {
      for (int x = 0; x < width; x += NEAR) {
        turnBatch(y / BATCH * BATCH, y, x, Math.min(x + NEAR, width));
      }
    }
  }

  private void turnBatch(int firstRow, int lastRow, int x, int end) {
    for (int channel = 0; channel < 3; channel++) {
      for (int y = firstRow; y <= lastRow; y += AT_ONCE) {
        turn(y % BATCH, x, end, channel * width, channel * stride() + y);
      }
    }
  }

  /** Writes column {@code x} of {@code target}, which comes after {@code x - 1}. */
  void writeColumn(int x, float[] column, Pixels target) {
    System.arraycopy(column, 0, some[x % AT_ONCE], 0, length());
    boolean last = x == target.width() - 1;
    if (x % AT_ONCE == AT_ONCE - 1) {
      writeFour(x - AT_ONCE + 1, target);
    } else if (last) {
      for (int one = x / AT_ONCE * AT_ONCE; one <= x; one++) {
        writeOne(one, target);
      }
    }
  }

  private int stride() {
    return Math.addExact(height, AT_ONCE - 1) / AT_ONCE * AT_ONCE;
  }

  private void turn(int row, int first, int end, int from, int to) {
    float[] a = some[row];
    float[] b = some[row + 1];
    float[] c = some[row + 2];
    float[] d = some[row + 3];
    for (int x = first; x < end; x++) {
      float[] column = columns[x];
      column[to] = a[from + x];
      column[to + 1] = b[from + x];
      column[to + 2] = c[from + x];
      column[to + 3] = d[from + x];
    }
  }

  private void writeFour(int x, Pixels target) {
    for (int channel = 0; channel < 3; channel++) {
      int to = channel * target.area() + x;
      writeFour(channel * stride(), target.values(), to, target.width());
    }
  }

  private void writeFour(int from, float[] target, int start, int step) {
    float[] a = some[0];
    float[] b = some[1];
    float[] c = some[2];
    float[] d = some[3];
    for (int i = from, to = start; i < from + height; i++, to += step) {
      target[to] = a[i];
      target[to + 1] = b[i];
      target[to + 2] = c[i];
      target[to + 3] = d[i];
    }
  }

  private void writeOne(int x, Pixels target) {
    float[] column = some[x % AT_ONCE];
    for (int channel = 0; channel < 3; channel++) {
      for (int y = 0; y < height; y++) {
        int to = channel * target.area() + y * target.width() + x;
        target.values()[to] = column[channel * stride() + y];
      }
    }
  }
}
