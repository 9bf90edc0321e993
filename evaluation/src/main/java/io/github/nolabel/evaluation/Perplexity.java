package io.github.nolabel.evaluation;

import io.github.nolabel.api.Tensor;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How surprising the tokens of texts are to a model, which sees those before each. Every token but
 * the first of a text counts, the last one too; padding does not.
 *
 * <pre>perplexity = exp( mean( -log p(token) ) )</pre>
 */
public final class Perplexity {

  private double surprise;
  private long tokens;

  /**
   * Adds a batch of texts.
   *
   * @param logits float[n, L, V], at token t for token t + 1
   * @param ids int64[n, L]
   * @param mask int64[n, L], 1 for a token and 0 for padding
   */
  public void add(Tensor logits, Tensor ids, Tensor mask) {
    int length = (int) ids.shape().extent(1);
    LongBuffer real = mask.longs();
    int[] counted =
        IntStream.range(0, ids.elements())
            .filter(i -> i % length > 0 && real.get(i) == 1)
            .toArray();
    surprise +=
        Arrays.stream(counted)
            .parallel()
            .mapToDouble(i -> TokenLogits.surprise(logits, i - 1, (int) ids.longs().get(i)))
            .sum();
    tokens += counted.length;
  }

  /** The perplexity so far; not a number if nothing was added. */
  public double value() {
    return Math.exp(surprise / tokens);
  }

  /** How many tokens were added. */
  public long tokens() {
    return tokens;
  }
}
