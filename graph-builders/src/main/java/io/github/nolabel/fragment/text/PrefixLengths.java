package io.github.nolabel.fragment.text;

import io.github.nolabel.api.Require;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;

/**
 * How many of a text's first tokens are given, while the others are to be predicted (prefix
 * language modelling: Wang et al. 2022, arXiv 2108.10904). Every text draws for itself, uniformly:
 *
 * <pre>
 * l ~ U{ 0, ..., max(0, min(longest, tokens - 2)) }
 * </pre>
 *
 * Of two tokens or more the last two are never given: a word and the end.
 *
 * @param longest the largest length; 0 gives nothing away
 */
public record PrefixLengths(int longest) {

  private static final int NEVER_GIVEN = 2;

  public PrefixLengths {
    Require.that(longest >= 0, "longest prefix: " + longest + " is below 0");
  }

  /** The largest length that a text of {@code tokens} tokens can draw. */
  public int within(int tokens) {
    return Math.max(0, Math.min(longest, tokens - NEVER_GIVEN));
  }

  /**
   * New lengths for a new key, the same for the same.
   *
   * @param mask int64[N, L], 1 for a token and 0 for padding
   * @param key int64[], see {@link io.github.nolabel.graph.RandomOps#KEY}
   * @return int64[N]
   */
  public Value draw(Ops g, Value mask, Value key) {
    Value most = g.sub(g.reduceSum(mask, false, 1), g.integer(NEVER_GIVEN));
    Value within = g.max(g.min(most, g.integer(longest)), g.integer(0));
    Value drawn = g.randomIntegers(g.rowNumbers(mask), key, "prefix");
    return g.mod(drawn, g.add(within, g.integer(1)));
  }
}
