package io.github.nolabel.methods.multimodal.uniter;

import io.github.nolabel.api.Require;
import io.github.nolabel.api.input.Vocabulary;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.RandomOps;
import io.github.nolabel.graph.Value;

/**
 * Draws words to be guessed, at least one of every text that has any (Devlin et al. 2019, arXiv
 * 1810.04805): of every ten, eight are replaced by the mask, one by any word, and one stays.
 * Padding, start and end are never drawn.
 */
record WordMasking(Vocabulary vocabulary, double probability) {

  private static final double MASKED = 0.8;
  private static final double MASKED_OR_ANY = 0.9;

  WordMasking {
    Require.that(
        vocabulary.mask() != Vocabulary.NONE,
        "The tokenizer has no mask token, which guessing words needs. Choose text.tokenizer=wordpiece.");
  }

  /**
   * @param ids int64[N, length]: the text with words replaced
   * @param chosen bool[N, length]: where the word is to be guessed
   */
  record Masked(Value ids, Value chosen) {}

  /**
   * @param ids int64[N, length]
   * @param mask int64[N, length], 1 for a token and 0 for padding
   * @param key see {@link RandomOps#KEY}
   */
  Masked apply(Ops g, Value ids, Value mask, Value key) {
    Value chosen = chosen(g, g.randomIntegers(ids, key, "uniter/words"), words(g, ids, mask));
    Value kind = g.randomIntegers(ids, key, "uniter/kinds");
    Value any =
        g.mod(g.randomIntegers(ids, key, "uniter/replacements"), g.integer(vocabulary.size()));
    Value otherwise = g.where(below(g, kind, MASKED_OR_ANY), any, ids);
    Value replaced = g.where(below(g, kind, MASKED), g.integer(vocabulary.mask()), otherwise);
    return new Masked(g.where(chosen, replaced, ids), chosen);
  }

  /** As many as their share, and the one with the smallest number in any case. */
  private Value chosen(Ops g, Value numbers, Value words) {
    Value ofWords = g.where(words, numbers, g.integer(RandomOps.PRIME));
    Value smallest = g.equal(ofWords, g.reduceMin(ofWords, true, 1));
    return g.and(words, g.or(below(g, numbers, probability), smallest));
  }

  /** Whether numbers below the generator's prime are among the smallest such share. */
  static Value below(Ops g, Value numbers, double share) {
    return g.less(numbers, g.integer(Math.round(share * RandomOps.PRIME)));
  }

  private Value words(Ops g, Value ids, Value mask) {
    Value words = g.greater(mask, g.integer(0));
    for (int special : new int[] {vocabulary.padding(), vocabulary.start(), vocabulary.end()}) {
      words = g.and(words, g.not(g.equal(ids, g.integer(special))));
    }
    return words;
  }
}
