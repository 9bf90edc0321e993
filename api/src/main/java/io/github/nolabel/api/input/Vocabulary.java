package io.github.nolabel.api.input;

import io.github.nolabel.api.Require;

/**
 * What a method must know of the tokens that it reads: how many there are, and which ids have a
 * meaning of their own. An id that the tokenizer does not have is {@link #NONE}.
 *
 * @param size ids are in [0, size)
 * @param padding fills what a text leaves free
 * @param unknown stands for what no token covers
 * @param start the first token of every text
 * @param end the last token of every text
 * @param mask stands for a token that is to be guessed
 */
public record Vocabulary(int size, int padding, int unknown, int start, int end, int mask) {

  /** No such token. */
  public static final int NONE = -1;

  public Vocabulary {
    Require.positive("size", size);
    for (int id : new int[] {padding, unknown, start, end, mask}) {
      Require.that(
          id >= NONE && id < size, "the id %d is not below the %d tokens".formatted(id, size));
    }
  }
}
