package io.github.nolabel.runs.layout;

import io.github.nolabel.data.view.CounterRandom;
import io.github.nolabel.evaluation.FeatureMatrix;
import io.github.nolabel.runs.layout.FuzzyNeighbours.Pair;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows of features in the plane such that neighbours stay neighbours: UMAP (McInnes, Healy and
 * Melville 2018, arXiv 1802.03426). Pairs of {@link FuzzyNeighbours} attract each other as often as
 * their weight says, and each attraction pushes a row away from five others drawn by lot:
 *
 * <pre>
 * v = 1 / (1 + a d^2b),   d = |y_i - y_j|,   a and b for a least distance of 0.1
 * attraction  y_i += rate * -2ab d^(2b-2) / (1 + a d^2b) * (y_i - y_j),   y_j the other way
 * repulsion   y_i += rate * 2b / ((0.001 + d^2) (1 + a d^2b)) * (y_i - y_j)
 * </pre>
 *
 * <p>One thread, and numbers that follow from the seed: the same rows give the same picture.
 */
public final class Umap {

  /** Rows that attract each row. */
  public static final int NEIGHBOURS = 15;

  private static final int EPOCHS = 500;
  private static final int REPULSIONS = 5;
  private static final double A = 1.5769;
  private static final double B = 0.8951;
  private static final double FARTHEST_STEP = 4;
  private static final double EXTENT = 10;
  private static final double NOISE = 1e-3;

  private final double[] x;
  private final double[] y;
  private final CounterRandom random;

  private Umap(Places start, long seed) {
    this.random = new CounterRandom().restart(seed, 0, 0, 0);
    this.x = spread(start.x());
    this.y = spread(start.y());
  }

  /**
   * Lays out all rows; a few thousand at most, as every pair of rows is compared. Fewer than three
   * stay where they are.
   *
   * @param start where the rows begin, such as their principal plane
   * @param seed everything random follows from it
   */
  public static Places of(FeatureMatrix features, Places start, long seed) {
    int k = Math.min(NEIGHBOURS, features.rows() - 1);
    if (k < 2) {
      return start;
    }
    Umap umap = new Umap(start, seed);
    umap.layOut(FuzzyNeighbours.of(NearestRows.of(features, k)).pairs());
    return new Places(
        Arrays.stream(umap.x).boxed().toList(), Arrays.stream(umap.y).boxed().toList());
  }

  /** Stretched to a fixed extent, with a little noise, so that equal rows can part. */
  private double[] spread(List<Double> start) {
    double most = start.stream().mapToDouble(Math::abs).max().orElse(0);
    double scale = most > 0 ? EXTENT / most : 0;
    return start.stream()
        .mapToDouble(value -> scale * value + random.uniform(-NOISE, NOISE))
        .toArray();
  }

  private void layOut(List<Pair> pairs) {
    double most = pairs.stream().mapToDouble(Pair::weight).max().orElse(1);
    double[] every = pairs.stream().mapToDouble(pair -> most / pair.weight()).toArray();
    double[] due = every.clone();
    for (int epoch = 1; epoch <= EPOCHS; epoch++) {
      double rate = 1 - (epoch - 1.0) / EPOCHS;
      for (int i = 0; i < due.length; i++) {
        if (due[i] <= epoch) {
          due[i] += every[i];
          move(pairs.get(i), rate);
        }
      }
    }
  }

  private void move(Pair pair, double rate) {
    attract(pair.one(), pair.other(), rate);
    IntStream.of(pair.one(), pair.other()).forEach(row -> repel(row, rate));
  }

  private void attract(int i, int j, double rate) {
    double squared = squaredDistance(i, j);
    if (squared > 0) {
      double pull = -2 * A * B * Math.pow(squared, B - 1) / (1 + A * Math.pow(squared, B));
      step(i, j, pull, rate);
      step(j, i, pull, rate);
    }
  }

  private void repel(int row, double rate) {
    for (int n = 0; n < REPULSIONS; n++) {
      int other = random.nextInt(x.length);
      double squared = squaredDistance(row, other);
      if (other != row) {
        step(row, other, 2 * B / ((0.001 + squared) * (1 + A * Math.pow(squared, B))), rate);
      }
    }
  }

  /** Moves row {@code i} along its difference to row {@code j}, which stays. */
  private void step(int i, int j, double factor, double rate) {
    double across = clipped(factor * (x[i] - x[j]));
    double up = clipped(factor * (y[i] - y[j]));
    x[i] += rate * across;
    y[i] += rate * up;
  }

  private static double clipped(double step) {
    return Math.max(-FARTHEST_STEP, Math.min(FARTHEST_STEP, step));
  }

  private double squaredDistance(int i, int j) {
    double across = x[i] - x[j];
    double up = y[i] - y[j];
    return across * across + up * up;
  }
}
