package io.github.nolabel.runtime.kernels.tiles;

import io.github.nolabel.runtime.kernels.onednn.Arithmetic;
import java.util.List;

/**
 * How large the squares of results are that {@link Tiles} are computed in. Each result of a larger
 * one takes fewer multiplications and more rewriting, and rounds more.
 */
final class TileSize {

  /** 16 multiplications instead of 36. Numbers are added to others, never scaled: bf16 will do. */
  static final TileSize TWO =
      new TileSize(Arithmetic.BF16, new ToomCook(0, 1, -1), new Costs(0.51, 370, 960));

  /** 25 instead of 81. */
  static final TileSize THREE =
      new TileSize(Arithmetic.FP32, new ToomCook(0, 1, -1, 2), new Costs(1, 1400, 1000));

  /** 36 instead of 144. Halves and twos of both signs round less than twos alone. */
  static final TileSize FOUR =
      new TileSize(Arithmetic.FP32, new ToomCook(0, 1, -1, 0.5, -2), new Costs(1, 1800, 1400));

  static final List<TileSize> ALL = List.of(TWO, THREE, FOUR);

  /**
   * What was measured, in the time of a multiplication in float32.
   *
   * @param multiplying each product
   * @param rewriting a channel of a tile, to its values and from products to its results
   * @param rewritingWeights a pair of channels
   */
  record Costs(double multiplying, long rewriting, long rewritingWeights) {}

  private final Arithmetic arithmetic;
  private final ToomCook points;
  private final Costs costs;

  /** From numbers to their values. */
  final TileMatrix cut;

  /** From products to results. */
  final TileMatrix join;

  /** From results' gradients to those of products. */
  final TileMatrix split;

  /** From weights to their values. */
  final TapValues weights;

  private TileSize(Arithmetic arithmetic, ToomCook points, Costs costs) {
    this.arithmetic = arithmetic;
    this.points = points;
    this.costs = costs;
    double[][] results = points.resultsOfProducts();
    double[][] taps = points.valuesOfTaps();
    cut = TileMatrix.squared(points.valuesOfNumbers(), arithmetic);
    join = TileMatrix.squared(results, Arithmetic.FP32);
    split = TileMatrix.squared(ToomCook.turned(results), arithmetic);
    weights =
        TapValues.of(
            arithmetic, TileMatrix.squared(taps), TileMatrix.squared(ToomCook.reversed(taps)));
  }

  /** The matrix of {@link #cut} before it is squared. */
  double[][] ofNumbers() {
    return points.valuesOfNumbers();
  }

  Costs costs() {
    return costs;
  }

  /** What values are multiplied in; their products are added up in float32. */
  Arithmetic arithmetic() {
    return arithmetic;
  }

  /** Results along an axis. */
  int results() {
    return points.results();
  }

  /** Numbers along an axis that the results come from. */
  int numbers() {
    return points.numbers();
  }

  /** Points of a square, which are multiplications of a pair of channels. */
  long points() {
    return (long) numbers() * numbers();
  }

  /** Results of a square. */
  long square() {
    return (long) results() * results();
  }

  /** Squares along an axis of so many results. */
  long along(long positions) {
    return (positions + results() - 1) / results();
  }
}
