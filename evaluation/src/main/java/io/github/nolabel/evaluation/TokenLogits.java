package io.github.nolabel.evaluation;

import io.github.nolabel.api.Tensor;
import java.nio.FloatBuffer;

/** What logits, float[N, L, V], say of single places; the places of all texts are counted on. */
final class TokenLogits {

  private TokenLogits() {}

  /** The negative logarithm of the probability of {@code token}. */
  static double surprise(Tensor logits, int place, int token) {
    FloatBuffer values = logits.floats();
    int vocabulary = vocabulary(logits);
    int first = place * vocabulary;
    double largest = values.get(first + largest(logits, place));
    double sum = 0;
    for (int i = first; i < first + vocabulary; i++) {
      sum += Math.exp(values.get(i) - largest);
    }
    return largest + Math.log(sum) - values.get(first + token);
  }

  /** The likeliest token, the first of several. */
  static int largest(Tensor logits, int place) {
    FloatBuffer values = logits.floats();
    int vocabulary = vocabulary(logits);
    int first = place * vocabulary;
    int best = 0;
    for (int i = 1; i < vocabulary; i++) {
      best = values.get(first + i) > values.get(first + best) ? i : best;
    }
    return best;
  }

  private static int vocabulary(Tensor logits) {
    return (int) logits.shape().extent(2);
  }
}
