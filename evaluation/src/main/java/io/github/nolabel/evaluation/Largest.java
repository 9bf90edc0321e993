package io.github.nolabel.evaluation;

import java.util.stream.IntStream;

/** Finds the largest of many values. */
public final class Largest {

  private Largest() {}

  /**
   * Indices of the {@code k} largest values, or of all if there are fewer, largest first; equal
   * ones in index order. None may be NaN.
   */
  public static IntStream of(float[] values, int k) {
    int[] best = new int[Math.min(k, values.length)];
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      if (count == best.length && values[i] <= values[best[count - 1]]) {
        continue;
      }
      int place = count < best.length ? count++ : count - 1;
      while (place > 0 && values[best[place - 1]] < values[i]) {
        best[place] = best[place - 1];
        place--;
      }
      best[place] = i;
    }
    return IntStream.of(best);
  }
}
