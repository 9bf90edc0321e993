package io.github.nolabel.evaluation;

import java.util.List;

/**
 * A model of language that knows how often each token occurs, and nothing else: what any other is
 * to beat. A token's probability is {@code (count + 1) / (all + V)}.
 */
public final class TokenCounts {

  private final long[] counts;
  private long all;

  /**
   * @param vocabulary V
   */
  public TokenCounts(int vocabulary) {
    this.counts = new long[vocabulary];
  }

  /** Learns a text. Its first token is given, as in {@link Perplexity}, and does not count. */
  public void add(List<Long> ids) {
    ids.stream().skip(1).forEach(id -> counts[Math.toIntExact(id)]++);
    all += Math.max(0, ids.size() - 1);
  }

  /** The {@link Perplexity} of these texts; not a number if they have no token that counts. */
  public double perplexity(List<List<Long>> texts) {
    double mean =
        texts.stream()
            .flatMap(ids -> ids.stream().skip(1))
            .mapToDouble(id -> -Math.log(probability(Math.toIntExact(id))))
            .average()
            .orElse(Double.NaN);
    return Math.exp(mean);
  }

  private double probability(int token) {
    return (counts[token] + 1.0) / (all + counts.length);
  }
}
