package io.github.nolabel.fragment.text;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Require;
import io.github.nolabel.api.input.Vocabulary;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.RandomOps;
import io.github.nolabel.graph.Value;

/**
 * Hides some tokens of texts so that a network learns to guess them (BERT, Devlin et al. 2019,
 * arXiv 1810.04805, section 3.1): of the tokens that are chosen, 80% become the mask token, 10% a
 * token drawn from the whole vocabulary, and 10% stay. Padding, start and end are never chosen.
 *
 * @param probability of each token being chosen, in [0, 1]
 * @param oneAtLeast of every text that has a word, one is chosen in any case
 */
public record TokenMasking(Vocabulary vocabulary, double probability, boolean oneAtLeast) {

  private static final double MASKED = 0.8;
  private static final double REPLACED = 0.1;

  /**
   * @throws io.github.nolabel.api.UserMistake if the vocabulary has no mask token
   */
  public TokenMasking {
    Require.within("probability", probability, 0, 1);
    Require.that(
        vocabulary.mask() != Vocabulary.NONE,
        "the tokenizer has no mask token, which this method puts in place of words that are to be"
            + " guessed. Choose a tokenizer with one, such as wordpiece.");
  }

  /** Where texts may have no chosen token. */
  public TokenMasking(Vocabulary vocabulary, double probability) {
    this(vocabulary, probability, false);
  }

  /**
   * Texts with hidden tokens.
   *
   * @param ids int64[N, L]
   * @param chosen float[N, L], 1 for a token that is to be guessed and 0 elsewhere
   */
  public record Masked(Value ids, Value chosen) {}

  /**
   * Draws once.
   *
   * @param ids int64[N, L]
   * @param mask int64[N, L], 1 for a token and 0 for padding
   * @param key int64[], fed anew each step, see {@link RandomOps#KEY}
   * @param stream tells draws of one step apart
   */
  public Masked apply(Ops g, Value ids, Value mask, Value key, String stream) {
    Value chosen = chosen(g, g.randomIntegers(ids, key, stream + "/chosen"), words(g, ids, mask));
    Value fate = g.randomIntegers(ids, key, stream + "/fate");
    Value any = g.mod(g.randomIntegers(ids, key, stream + "/any"), g.integer(vocabulary.size()));
    Value replaced = g.where(g.among(fate, MASKED + REPLACED), any, ids);
    Value hidden = g.where(g.among(fate, MASKED), g.integer(vocabulary.mask()), replaced);
    return new Masked(g.where(chosen, hidden, ids), g.cast(chosen, ElementType.FLOAT));
  }

  private Value chosen(Ops g, Value numbers, Value words) {
    Value drawn = g.among(numbers, probability);
    if (!oneAtLeast) {
      return g.and(drawn, words);
    }
    Value ofWords = g.where(words, numbers, g.integer(RandomOps.PRIME));
    Value smallest = g.equal(ofWords, g.reduceMin(ofWords, true, 1));
    return g.and(words, g.or(drawn, smallest));
  }

  private Value words(Ops g, Value ids, Value mask) {
    Value words = g.greater(mask, g.integer(0));
    for (int special : new int[] {vocabulary.padding(), vocabulary.start(), vocabulary.end()}) {
      words = g.and(words, g.not(g.equal(ids, g.integer(special))));
    }
    return words;
  }
}
