package io.github.nolabel.runs.layout;

import io.github.nolabel.evaluation.FeatureMatrix;
import io.github.nolabel.evaluation.Largest;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The {@code k} rows nearest to each row by the cosine, itself left out, nearest first.
 *
 * @param rows which they are
 * @param distances {@code 1 - cosine} to each of them, in [0, 2]
 */
record NearestRows(List<int[]> rows, List<double[]> distances) {

  /** Exact; the cost grows with the square of the rows. */
  static NearestRows of(FeatureMatrix features, int k) {
    FeatureMatrix unit = features.unitRows();
    List<int[]> rows =
        IntStream.range(0, unit.rows()).parallel().mapToObj(row -> nearest(unit, row, k)).toList();
    return new NearestRows(
        rows,
        IntStream.range(0, unit.rows())
            .mapToObj(row -> distances(unit, row, rows.get(row)))
            .toList());
  }

  boolean contains(int row, int other) {
    return IntStream.of(rows.get(row)).anyMatch(near -> near == other);
  }

  private static int[] nearest(FeatureMatrix unit, int row, int k) {
    float[] cosines = new float[unit.rows()];
    for (int other = 0; other < cosines.length; other++) {
      cosines[other] = other == row ? Float.NEGATIVE_INFINITY : unit.dot(row, other);
    }
    return Largest.of(cosines, k).toArray();
  }

  private static double[] distances(FeatureMatrix unit, int row, int... others) {
    return IntStream.of(others)
        .mapToDouble(other -> Math.max(0, 1 - (double) unit.dot(row, other)))
        .toArray();
  }
}
