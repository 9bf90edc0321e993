package io.github.nolabel.data.view;

import io.github.nolabel.api.view.ViewTransform.Interpolation;

/**
 * Resizes with antialiasing, first along columns, then along rows; results stay in [0, 1]. Only
 * what is shown is computed, and of the source only the rows that make one row are held as numbers.
 */
final class Resizer {

  private final Weights rows;
  private final Weights columns;
  private final RowSum sum = new RowSum();
  private final TurnedRows turned = new TurnedRows();
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
    turned.reshape(width, rows.shown());
    target.reshape(columns.shown(), rows.shown());
    for (int y = 0, loaded = 0; y < rows.shown(); y++) {
      for (loaded = Math.max(loaded, rows.first(y)); loaded < rows.end(y); loaded++) {
        source.loadRow(region.x + left, region.y + loaded, width, held(loaded));
      }
      turned.addRow(y, alongColumns(y, width));
    }
    alongRows(left, target);
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
    held = Rows.room(held, needed, length);
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

  private void alongRows(int left, Pixels target) {
    for (int x = 0; x < columns.shown(); x++) {
      sum.start(turned.length());
      for (int tap = 0; tap < columns.count(x); tap++) {
        float weight = columns.values()[columns.offset(x) + tap];
        sum.add(turned.column(columns.first(x) - left + tap), weight);
      }
      turned.writeColumn(x, sum.end(), target);
    }
  }

  private static void clamp(Pixels image) {
    float[] values = image.values();
    for (int i = 0; i < 3 * image.area(); i++) {
      values[i] = Math.min(1, Math.max(0, values[i]));
    }
  }
}
