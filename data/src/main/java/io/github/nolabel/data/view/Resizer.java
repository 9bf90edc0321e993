package io.github.nolabel.data.view;

import io.github.nolabel.api.view.ViewTransform.Interpolation;
import java.util.Arrays;

/** Resizes with antialiasing, first along columns, then along rows; results stay in [0, 1]. */
final class Resizer {

  private final Weights rows;
  private final Weights columns;
  private final Pixels between = new Pixels();
  private final boolean overshoots;

  Resizer(Interpolation interpolation) {
    rows = new Weights(interpolation);
    columns = new Weights(interpolation);
    overshoots = interpolation == Interpolation.BICUBIC;
  }

  /** Fills {@code target} with {@code source} at the given size. */
  void resize(Pixels source, int width, int height, Pixels target) {
    if (source.width() == width && source.height() == height) {
      target.reshape(width, height);
      System.arraycopy(source.values(), 0, target.values(), 0, 3 * source.area());
      return;
    }
    rows.prepare(source.height(), height);
    columns.prepare(source.width(), width);
    alongColumns(source, between.reshape(source.width(), height));
    alongRows(between, target.reshape(width, height));
    if (overshoots) {
      clamp(target);
    }
  }

  private void alongColumns(Pixels source, Pixels target) {
    int width = source.width();
    for (int channel = 0; channel < 3; channel++) {
      for (int row = 0; row < target.height(); row++) {
        int from = channel * source.area() + rows.first(row) * width;
        int to = channel * target.area() + row * width;
        Arrays.fill(target.values(), to, to + width, 0);
        for (int tap = 0; tap < rows.count(row); tap++, from += width) {
          float weight = rows.values()[rows.offset(row) + tap];
          addRow(source.values(), from, target.values(), to, width, weight);
        }
      }
    }
  }

  private static void addRow(
      float[] source, int from, float[] target, int to, int width, float weight) {
    for (int x = 0; x < width; x++) {
      target[to + x] += weight * source[from + x];
    }
  }

  private void alongRows(Pixels source, Pixels target) {
    int width = target.width();
    for (int line = 0; line < 3 * source.height(); line++) {
      for (int x = 0; x < width; x++) {
        target.values()[line * width + x] = dot(source.values(), line * source.width(), x);
      }
    }
  }

  private float dot(float[] source, int rowStart, int x) {
    int from = rowStart + columns.first(x);
    int offset = columns.offset(x);
    float sum = 0;
    for (int tap = 0; tap < columns.count(x); tap++) {
      sum += columns.values()[offset + tap] * source[from + tap];
    }
    return sum;
  }

  private static void clamp(Pixels image) {
    float[] values = image.values();
    for (int i = 0; i < 3 * image.area(); i++) {
      values[i] = Math.min(1, Math.max(0, values[i]));
    }
  }
}
