package io.github.nolabel.runs.layout;

import io.github.nolabel.api.Require;
import io.github.nolabel.evaluation.FeatureMatrix;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** A place in the plane for each row. */
public record Places(List<Double> x, List<Double> y) {

  public Places {
    x = List.copyOf(x);
    y = List.copyOf(y);
    Require.that(x.size() == y.size(), "%d by %d places".formatted(x.size(), y.size()));
  }

  /** All in one place. */
  static Places origin(int rows) {
    return new Places(Collections.nCopies(rows, 0.0), Collections.nCopies(rows, 0.0));
  }

  public int size() {
    return x.size();
  }

  /**
   * How much of who is near to whom the plane shows: of the {@code k} nearest in it, the share that
   * are among the {@code k} nearest by the cosine of the features. In [0, 1]; drawing by lot gives
   * about k / rows.
   *
   * @param k below the number of rows
   */
  public double neighboursKept(FeatureMatrix features, int k) {
    NearestRows nearest = NearestRows.of(features, k);
    long kept =
        IntStream.range(0, size())
            .parallel()
            .mapToLong(row -> nearest(row, k).filter(other -> nearest.contains(row, other)).count())
            .sum();
    return (double) kept / (size() * (long) k);
  }

  private IntStream nearest(int row, int k) {
    return IntStream.range(0, size())
        .filter(other -> other != row)
        .boxed()
        .sorted((a, b) -> Double.compare(squaredDistance(row, a), squaredDistance(row, b)))
        .limit(k)
        .mapToInt(Integer::intValue);
  }

  private double squaredDistance(int a, int b) {
    double across = x.get(a) - x.get(b);
    double up = y.get(a) - y.get(b);
    return across * across + up * up;
  }
}
