package io.github.nolabel.data.view;

import io.github.nolabel.api.view.ViewTransform.Interpolation;
import java.util.Arrays;

/**
 * Resizes with antialiasing, first along columns, then along rows; results stay in [0, 1]. Only
 * what is shown is computed, and of the source only the rows that make one row are held as numbers.
 */
final class Resizer {

  private final Weights rows;
  private final Weights columns;
  private final RowSum sum = new RowSum();
  private final Region part = new Region();
  private final Region cover = new Region();
  private final boolean overshoots;
  private float[][] held = new float[0][];

  Resizer(Interpolation interpolation) {
    rows = new Weights(interpolation);
    columns = new Weights(interpolation);
    overshoots = interpolation == Interpolation.BICUBIC;
  }

  /** Fills {@code target} with {@code source} at the given size. */
  void resize(Pixels source, int width, int height, Pixels target) {
    Box whole = new Box(0, 0, source.width(), source.height());
    resize(PixelSource.of(source), whole, width, height, target);
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
    reserve(Math.multiplyExact(3, width));
    target.reshape(columns.shown(), rows.shown());
    for (int y = 0, loaded = 0; y < rows.shown(); y++) {
      for (loaded = Math.max(loaded, rows.first(y)); loaded < rows.end(y); loaded++) {
        source.loadRow(region.x + left, region.y + loaded, width, held(loaded));
      }
      alongRow(alongColumns(y, width), width, left, target, y);
    }
    if (overshoots) {
      clamp(target);
    }
  }

  /** Room for the rows that make one, of so many numbers each. */
  private void reserve(int length) {
    int needed = 0;
    for (int y = 0; y < rows.shown(); y++) {
      needed = Math.max(needed, rows.count(y));
    }
    if (held.length < needed || held[0].length < length) {
      held = new float[Math.max(needed, held.length)][];
      Arrays.setAll(held, row -> new float[length]);
    }
  }

  private float[] held(int row) {
    return held[row % held.length];
  }

  private float[] alongColumns(int y, int width) {
    sum.start(3 * width);
    for (int tap = 0; tap < rows.count(y); tap++) {
      sum.add(held(rows.first(y) + tap), rows.values()[rows.offset(y) + tap]);
    }
    return sum.end();
  }

  /**
   * @param source red, green and blue of {@code width} pixels
   * @param left column of the image where they start
   */
  private void alongRow(float[] source, int width, int left, Pixels target, int y) {
    float[] weights = columns.values();
    for (int x = 0; x < columns.shown(); x++) {
      float red = 0;
      float green = 0;
      float blue = 0;
      int offset = columns.offset(x);
      int from = columns.first(x) - left;
      for (int tap = 0; tap < columns.count(x); tap++) {
        red += weights[offset + tap] * source[from + tap];
        green += weights[offset + tap] * source[from + tap + width];
        blue += weights[offset + tap] * source[from + tap + 2 * width];
      }
      target.put(y * columns.shown() + x, red, green, blue);
    }
  }

  private static void clamp(Pixels image) {
    float[] values = image.values();
    for (int i = 0; i < 3 * image.area(); i++) {
      values[i] = Math.min(1, Math.max(0, values[i]));
    }
  }
}
