package io.github.nolabel.precision;

import java.util.Map;
import java.util.Optional;

/**
 * How an operator takes part in float16.
 *
 * @param when what makes it worth it
 * @param inputs how many inputs then are float16, the first ones; the rest stay as they are
 * @param outputs how many results then are, the first ones
 */
record HalfRule(When when, int inputs, int outputs) {

  /** When an operator is computed in float16. */
  enum When {
    /** If anything it reads is a weight or float16 already. */
    ANY,
    /** If all that it reads is float16 already. */
    ALL,
    /** If its second input, what the forward pass saw, is float16 already. */
    SECOND
  }

  private static final int EVERY = Integer.MAX_VALUE;
  private static final HalfRule PRODUCT = new HalfRule(When.ANY, EVERY, EVERY);
  private static final HalfRule FOLLOWS = new HalfRule(When.ALL, EVERY, EVERY);

  /** Every other operator is computed in float32: losses, softmax, sums, statistics, updates. */
  private static final Map<String, HalfRule> TABLE =
      Map.ofEntries(
          Map.entry("Conv", PRODUCT),
          Map.entry("ConvGrad", PRODUCT),
          Map.entry("Gemm", PRODUCT),
          Map.entry("MatMul", PRODUCT),
          // Data and its gradient; gain, bias and statistics stay float32.
          Map.entry("BatchNormInternal", new HalfRule(When.ALL, 1, 1)),
          Map.entry("BatchNormalizationGrad", new HalfRule(When.SECOND, 2, 1)),
          Map.entry("ReluGrad", new HalfRule(When.SECOND, 2, 1)),
          Map.entry("Add", FOLLOWS),
          Map.entry("Concat", FOLLOWS),
          Map.entry("MaxPool", FOLLOWS),
          Map.entry("Relu", FOLLOWS),
          Map.entry("Reshape", FOLLOWS),
          Map.entry("Split", FOLLOWS),
          Map.entry("Transpose", FOLLOWS));

  static Optional<HalfRule> of(String op) {
    return Optional.ofNullable(TABLE.get(op));
  }
}
