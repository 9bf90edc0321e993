package io.github.nolabel.inference.generate;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Tokens that may come next, the likeliest first; of equally likely ones the smaller id. */
record Candidates(List<Candidate> all) {

  /** A token; the probabilities of all candidates sum to 1. */
  record Candidate(int token, double probability) {}

  /**
   * {@code softmax(logits / temperature)} of the tokens that are possible at all.
   *
   * @param logits negative infinity where a token is not allowed
   */
  static Candidates of(double[] logits, double temperature) {
    double largest = Arrays.stream(logits).max().orElse(0);
    List<Candidate> weighted =
        IntStream.range(0, logits.length)
            .filter(token -> logits[token] > Double.NEGATIVE_INFINITY)
            .mapToObj(
                token -> new Candidate(token, Math.exp((logits[token] - largest) / temperature)))
            .sorted(Comparator.comparingDouble((Candidate c) -> -logits[c.token()]))
            .toList();
    return new Candidates(weighted).first(weighted.size());
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  /** Those that {@code generation} draws from. */
  Candidates among(Generation generation) {
    return switch (generation.sampling()) {
      case GREEDY -> first(1);
      case TOP_K -> first(generation.topK());
      case NUCLEUS -> first(holding(generation.topP()));
      case RANDOM -> this;
    };
  }

  /** The first ones, with their probabilities scaled to sum to 1. */
  private Candidates first(int count) {
    List<Candidate> kept = all.subList(0, Math.min(count, all.size()));
    double sum = kept.stream().mapToDouble(Candidate::probability).sum();
    return new Candidates(
        kept.stream().map(c -> new Candidate(c.token(), c.probability() / sum)).toList());
  }

  /** How many first ones have that share together. */
  private int holding(double share) {
    double sum = 0;
    for (int count = 0; count < all.size(); count++) {
      sum += all.get(count).probability();
      if (sum >= share) {
        return count + 1;
      }
    }
    return all.size();
  }

  int draw(SplittableRandom random) {
    double left = random.nextDouble();
    for (Candidate candidate : all) {
      left -= candidate.probability();
      if (left < 0) {
        return candidate.token();
      }
    }
    return all.get(all.size() - 1).token();
  }
}
