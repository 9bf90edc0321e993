package io.github.nolabel.evaluation;

import java.util.List;
import java.util.stream.IntStream;

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

  /** Learns tokens. */
  public void add(List<Long> tokens) {
    tokens.forEach(id -> counts[Math.toIntExact(id)]++);
    all += tokens.size();
  }

  /** How surprising these tokens are; not a number if there are none. */
  public double perplexity(List<Long> tokens) {
    return Math.exp(
        tokens.stream()
            .mapToDouble(id -> -Math.log(probability(Math.toIntExact(id))))
            .average()
            .orElse(Double.NaN));
  }

  /** How many of these tokens are the most frequent one, as a share. */
  public double accuracy(List<Long> tokens) {
    int best =
        IntStream.range(0, counts.length)
            .reduce((a, b) -> counts[a] >= counts[b] ? a : b)
            .orElseThrow();
    return tokens.stream().mapToDouble(id -> id == best ? 1 : 0).average().orElse(Double.NaN);
  }

  private double probability(int token) {
    return (counts[token] + 1.0) / (all + counts.length);
  }
}
