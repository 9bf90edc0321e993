package io.github.nolabel.runtime.kernels.formula;

import java.nio.FloatBuffer;
import java.util.Collections;
import java.util.List;

/** An input of a {@link Formula}: spread over the results' extents where it has fewer numbers. */
final class FormulaSource {

  private final FloatBuffer numbers;
  private final List<Long> extents;
  private final List<Long> all;
  private final boolean whole;

  /**
   * @param all the results' extents
   */
  FormulaSource(FloatBuffer numbers, List<Long> extents, List<Long> all) {
    this.numbers = numbers;
    this.extents = extents;
    this.all = all;
    this.whole = extents.equals(all);
  }

  /** Whether it holds one number for all of several positions. */
  boolean isSingle() {
    return numbers.capacity() == 1 && Collections.frequency(all, 1L) < all.size();
  }

  /** The first of its numbers. */
  float first() {
    return numbers.get(0);
  }

  /** Writes the numbers of {@code count} positions from {@code at} on. */
  void read(int at, float[] register, int count) {
    if (whole) {
      numbers.get(at, register, 0, count);
    } else {
      for (int i = 0; i < count; i++) {
        register[i] = numbers.get(place(at + i));
      }
    }
  }

  /** Where the number for a position lies: axes of one number count as nothing. */
  private int place(int position) {
    int place = 0;
    int rest = position;
    int step = 1;
    for (int back = 1; back <= extents.size(); back++) {
      int extent = extents.get(extents.size() - back).intValue();
      int wide = all.get(all.size() - back).intValue();
      place += extent == 1 ? 0 : rest % wide * step;
      rest /= wide;
      step *= extent;
    }
    return place;
  }
}
