package io.github.nolabel.graph;

import io.github.nolabel.api.Dim;
import io.github.nolabel.api.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Randomness as a function of counters: the same key, stream and shape give the same numbers on
 * every device, whatever ran before. There is no hidden generator.
 *
 * <p>Every row and every column has a word of its own, mixed by fifth powers modulo the prime
 * {@code 2^31 - 1} (a permutation of the numbers below it). The number of an element is the square
 * of its two words' sum, modulo that prime.
 */
public sealed interface RandomOps extends ElementwiseOps, LogicOps, ShapeOps permits Ops {

  /** Keys and results lie below this prime. */
  long PRIME = (1L << 31) - 1;

  /**
   * The input, int64[], that the random layers of a graph share: fed a new {@link #key} each step.
   */
  String KEY = "random_key";

  /** The key of a step of a run. */
  static long key(long seed, long step) {
    long mixed = new SplittableRandom(seed).nextLong() ^ step;
    return new SplittableRandom(mixed).nextLong(PRIME);
  }

  /**
   * Zeroes elements with the given probability and divides the others by what is left of it.
   *
   * @param x float[N, ...]; only axis 0 may depend on the batch size
   * @param key int64[], from {@link #key}, fed anew each step
   * @param stream tells layers apart: one stream draws the same mask for the same key and shape
   */
  default Value dropout(Value x, Value key, String stream, double probability) {
    requireProbability(probability);
    return probability == 0 ? x : mul(x, scales(randomIntegers(x, key, stream), probability));
  }

  /**
   * Zeroes whole rows (along axis 0) with the given probability and divides the others by what is
   * left of it; otherwise like {@link #dropout}.
   */
  default Value dropRows(Value x, Value key, String stream, double probability) {
    requireProbability(probability);
    if (probability == 0) {
      return x;
    }
    Value row = unsqueeze(rowNumbers(x), 1);
    List<Dim> dims = new ArrayList<>(Collections.nCopies(x.shape().rank(), Dim.of(1)));
    dims.set(0, x.shape().dim(0));
    Value scales = scales(randomIntegers(row, key, stream), probability);
    return mul(x, reshape(scales, new Shape(dims)));
  }

  private static void requireProbability(double probability) {
    if (probability < 0 || probability >= 1) {
      throw new IllegalArgumentException("a probability in [0, 1) is needed, got " + probability);
    }
  }

  /**
   * True for the given share of {@link #randomIntegers}: the numbers among the smallest such share.
   *
   * @param share in [0, 1]
   */
  default Value among(Value numbers, double share) {
    return less(numbers, integer(Math.round(share * PRIME)));
  }

  /** Zero for the given share of the numbers, else what keeps the mean. */
  private Value scales(Value numbers, double probability) {
    double kept = 1 - probability;
    return where(among(numbers, kept), constant(1 / kept), constant(0));
  }

  /**
   * Uniform whole numbers from zero to below {@link #PRIME}, int64, in the shape of {@code x}:
   * either only its axis 0 depends on the batch size, or it is a square [N, N].
   */
  default Value randomIntegers(Value x, Value key, String stream) {
    Shape shape = x.shape();
    Dim columns = new Shape(shape.dims().subList(1, shape.rank())).elements();
    long salt = new SplittableRandom(stream.hashCode()).nextLong(PRIME);
    Value row = word(word(rowNumbers(x), key), integer(salt));
    boolean square = shape.rank() == 2 && shape.dim(0).equals(columns);
    Value count = square ? rowNumbers(x) : numbers(columns.extent());
    Value column = word(count, integer(salt));
    Value sum = add(unsqueeze(halved(row), 1), halved(column));
    Value matrix = reduced(mul(sum, sum));
    return shape.rank() == 2 ? matrix : reshape(matrix, shape);
  }

  /** {@code (a number + b)^5} modulo the prime. */
  private Value word(Value number, Value shift) {
    Value base = reduced(add(mul(number, integer(1_103_515_245)), shift));
    Value square = reduced(mul(base, base));
    return reduced(mul(reduced(mul(square, square)), base));
  }

  /** Below 2^30, so that the square of a sum of two fits. */
  private Value halved(Value word) {
    return mod(word, integer(1L << 30));
  }

  private Value reduced(Value value) {
    return mod(value, integer(PRIME));
  }
}
