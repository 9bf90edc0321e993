package io.github.nolabel.runs.layout;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How surely two rows are neighbours (McInnes, Healy and Melville 2018, arXiv 1802.03426, section
 * 3.1). Each row measures by its own yardstick, so that all have about equally many neighbours:
 *
 * <pre>
 * w(i, j) = exp(-max(0, d_ij - rho_i) / sigma_i),   rho_i = least d_ij above 0,   sum_j w(i, j) = log2 k
 * {i, j}  = w(i, j) + w(j, i) - w(i, j) w(j, i)
 * </pre>
 *
 * @param pairs each pair once, in a fixed order
 */
record FuzzyNeighbours(List<Pair> pairs) {

  /** Two rows and how surely they are neighbours, in (0, 1]. */
  record Pair(int one, int other, double weight) {}

  private static final int HALVINGS = 64;

  /** The yardstick is no shorter than this share of the mean distance, however crowded a row is. */
  private static final double SHORTEST = 1e-3;

  static FuzzyNeighbours of(NearestRows nearest) {
    long n = nearest.rows().size();
    Map<Long, Double> weights = new LinkedHashMap<>();
    for (int row = 0; row < n; row++) {
      double[] own = weights(nearest.distances().get(row));
      int[] others = nearest.rows().get(row);
      for (int i = 0; i < own.length; i++) {
        long pair = Math.min(row, others[i]) * n + Math.max(row, others[i]);
        weights.merge(pair, own[i], (a, b) -> a + b - a * b);
      }
    }
    return new FuzzyNeighbours(
        weights.entrySet().stream()
            .map(e -> new Pair((int) (e.getKey() / n), (int) (e.getKey() % n), e.getValue()))
            .toList());
  }

  /** A row's own view of its neighbours, from their distances in ascending order. */
  static double[] weights(double... distances) {
    double rho = Arrays.stream(distances).filter(d -> d > 0).findFirst().orElse(0);
    double target = Math.log(distances.length) / Math.log(2);
    double low = 0;
    double high = Double.POSITIVE_INFINITY;
    double sigma = 1;
    for (int i = 0; i < HALVINGS; i++) {
      if (Arrays.stream(weights(distances, rho, sigma)).sum() > target) {
        high = sigma;
      } else {
        low = sigma;
      }
      sigma = Double.isInfinite(high) ? 2 * sigma : (low + high) / 2;
    }
    double least = SHORTEST * Arrays.stream(distances).average().orElse(0);
    return weights(distances, rho, Math.max(Math.max(sigma, least), Double.MIN_NORMAL));
  }

  private static double[] weights(double[] distances, double rho, double sigma) {
    return Arrays.stream(distances).map(d -> Math.exp(-Math.max(0, d - rho) / sigma)).toArray();
  }
}
