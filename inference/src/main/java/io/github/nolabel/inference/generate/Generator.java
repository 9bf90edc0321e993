package io.github.nolabel.inference.generate;

import io.github.nolabel.api.Require;
import io.github.nolabel.api.input.Vocabulary;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * Writes texts token by token. Padding, start, unknown and mask are never written; the end token
 * ends the text and is its last one.
 *
 * <pre>{@code
 * long[] caption = new Generator(Generation.DEFAULTS).generate(model, vocabulary);
 * }</pre>
 */
public record Generator(Generation generation) {

  /**
   * The prefix and what is written after it.
   *
   * @param prefix tokens that are given; none means the start token alone
   */
  public long[] generate(NextToken model, Vocabulary vocabulary, long... prefix) {
    long[] ids = prefix.length == 0 ? begin(vocabulary) : prefix.clone();
    int given = ids.length;
    SplittableRandom random = new SplittableRandom(generation.seed());
    for (int written = 0; written < generation.maxTokens(); written++) {
      double[] logits = allowed(model.logits(ids.clone()), vocabulary);
      forbidTrigrams(logits, ids);
      penalise(logits, ids, given);
      Candidates candidates = Candidates.of(logits, generation.temperature());
      if (candidates.isEmpty()) {
        return ids;
      }
      ids = LongStream.concat(Arrays.stream(ids), LongStream.of(0)).toArray();
      ids[ids.length - 1] = candidates.among(generation).draw(random);
      if (ids[ids.length - 1] == vocabulary.end()) {
        return ids;
      }
    }
    return ids;
  }

  private static long[] begin(Vocabulary vocabulary) {
    Require.that(
        vocabulary.start() != Vocabulary.NONE,
        "The vocabulary has no start token. Give a prefix of one token or more.");
    return new long[] {vocabulary.start()};
  }

  /** The logits as numbers that can be forbidden, without those of tokens that mean no word. */
  private static double[] allowed(float[] logits, Vocabulary vocabulary) {
    Require.that(
        logits.length == vocabulary.size(),
        "%d logits for a vocabulary of %d".formatted(logits.length, vocabulary.size()));
    double[] allowed = new double[logits.length];
    Arrays.setAll(allowed, token -> logits[token]);
    LongStream.of(vocabulary.padding(), vocabulary.unknown(), vocabulary.start(), vocabulary.mask())
        .filter(id -> id != Vocabulary.NONE && id != vocabulary.end())
        .forEach(id -> allowed[(int) id] = Double.NEGATIVE_INFINITY);
    return allowed;
  }

  private void penalise(double[] logits, long[] ids, int given) {
    double penalty = generation.repetitionPenalty();
    Arrays.stream(ids, given, ids.length)
        .distinct()
        .mapToInt(Math::toIntExact)
        .forEach(
            token ->
                logits[token] =
                    logits[token] > 0 ? logits[token] / penalty : logits[token] * penalty);
  }

  /** Whatever followed the last two tokens before may not follow them again. */
  private void forbidTrigrams(double[] logits, long[] ids) {
    if (!generation.uniqueTrigrams()) {
      return;
    }
    for (int i = 0; i + 2 < ids.length; i++) {
      if (ids[i] == ids[ids.length - 2] && ids[i + 1] == ids[ids.length - 1]) {
        logits[Math.toIntExact(ids[i + 2])] = Double.NEGATIVE_INFINITY;
      }
    }
  }
}
