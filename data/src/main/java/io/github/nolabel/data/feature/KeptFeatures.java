package io.github.nolabel.data.feature;

import java.nio.FloatBuffer;
import java.util.List;

/**
 * A row of numbers for every image, float[rows, width], read from a file as they are needed.
 * Thread-safe.
 */
public final class KeptFeatures {

  private final int rows;
  private final int width;
  private final List<FloatBuffer> parts;
  private final int rowsPerPart;

  /**
   * @param parts the rows in order; each but the last holds {@code rowsPerPart}
   */
  KeptFeatures(int rows, int width, List<FloatBuffer> parts, int rowsPerPart) {
    this.rows = rows;
    this.width = width;
    this.parts = List.copyOf(parts);
    this.rowsPerPart = rowsPerPart;
  }

  public int rows() {
    return rows;
  }

  public int width() {
    return width;
  }

  /** Writes the numbers of image {@code index} into row {@code row} of {@code target}. */
  public void copy(int index, FloatBuffer target, int row) {
    FloatBuffer part = parts.get(index / rowsPerPart);
    target.put(row * width, part, index % rowsPerPart * width, width);
  }
}
