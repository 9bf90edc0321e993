package io.github.nolabel.data.view;

import io.github.nolabel.api.view.ViewTransform.Interpolation;
import java.util.Arrays;

/**
 * Resizes with antialiasing, first along columns, then along rows; results stay in [0, 1]. Only
 * what is shown is computed, and only some rows of the source are held as numbers at a time.
 */
final class Resizer {

  /** Pixels of the source that are held at a time; usual images fit. */
  private static final int BAND = 1 << 22;

  private final Weights rows;
  private final Weights columns;
  private final int bandPixels;
  private final Pixels band = new Pixels();
  private final Pixels between = new Pixels();
  private final Region part = new Region();
  private final Region cover = new Region();
  private final boolean overshoots;

  Resizer(Interpolation interpolation) {
    this(interpolation, BAND);
  }

  Resizer(Interpolation interpolation, int bandPixels) {
    rows = new Weights(interpolation);
    columns = new Weights(interpolation);
    this.bandPixels = bandPixels;
    overshoots = interpolation == Interpolation.BICUBIC;
  }

  /** Fills {@code target} with {@code source} at the given size. */
  void resize(Pixels source, int width, int height, Pixels target) {
    Box whole = new Box(0, 0, source.width(), source.height());
    resize((part, to) -> to.load(source, part), whole, width, height, target);
  }

  /** Fills {@code target} with a box of {@code source} at the given size. */
  void resize(PixelSource source, Box box, int width, int height, Pixels target) {
    box.cover(cover);
    if (box.isPixels(cover, width, height)) {
      source.load(cover, target);
      return;
    }
    rows.prepare(cover.height, box.top() - cover.y, box.height(), height, 0, height);
    columns.prepare(cover.width, box.left() - cover.x, box.width(), width, 0, width);
    resize(source, cover, target);
  }

  /**
   * Fills {@code target} with {@code size} x {@code size} pixels, from (x, y) on, of what the whole
   * source would be at the given size.
   */
  void crop(
      PixelSource source,
      Box whole,
      long width,
      long height,
      long x,
      long y,
      int size,
      Pixels target) {
    whole.cover(cover);
    if (whole.isPixels(cover, width, height)) {
      source.load(part.set(cover.x + (int) x, cover.y + (int) y, size, size), target);
      return;
    }
    rows.prepare(cover.height, whole.top() - cover.y, whole.height(), height, y, size);
    columns.prepare(cover.width, whole.left() - cover.x, whole.width(), width, x, size);
    resize(source, cover, target);
  }

  /** As {@link #rows} and {@link #columns} say. */
  private void resize(PixelSource source, Region region, Pixels target) {
    int left = columns.first(0);
    int width = columns.end(columns.shown() - 1) - left;
    between.reshape(width, rows.shown());
    for (int row = 0, end; row < rows.shown(); row = end) {
      end = bandEnd(row, width);
      int top = rows.first(row);
      int height = rows.end(end - 1) - top;
      source.load(part.set(region.x + left, region.y + top, width, height), band);
      alongColumns(top, row, end);
    }
    alongRows(left, target.reshape(columns.shown(), rows.shown()));
    if (overshoots) {
      clamp(target);
    }
  }

  /** The target row after the last one whose sources fit into a band. */
  private int bandEnd(int row, int width) {
    int end = row + 1;
    while (end < rows.shown() && (long) width * (rows.end(end) - rows.first(row)) <= bandPixels) {
      end++;
    }
    return end;
  }

  /**
   * @param top row of the source where the band starts
   */
  private void alongColumns(int top, int row, int end) {
    int width = band.width();
    for (int channel = 0; channel < 3; channel++) {
      for (int y = row; y < end; y++) {
        int from = channel * band.area() + (rows.first(y) - top) * width;
        int to = channel * between.area() + y * width;
        Arrays.fill(between.values(), to, to + width, 0);
        for (int tap = 0; tap < rows.count(y); tap++, from += width) {
          float weight = rows.values()[rows.offset(y) + tap];
          addRow(band.values(), from, between.values(), to, width, weight);
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

  /**
   * @param left column of the source where the rows start
   */
  private void alongRows(int left, Pixels target) {
    int width = target.width();
    for (int line = 0; line < 3 * between.height(); line++) {
      int start = line * between.width() - left;
      for (int x = 0; x < width; x++) {
        target.values()[line * width + x] = dot(between.values(), start, x);
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
