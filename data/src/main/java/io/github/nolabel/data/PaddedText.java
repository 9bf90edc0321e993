package io.github.nolabel.data;

import io.github.nolabel.text.Tokenizer;
import java.nio.LongBuffer;
import java.util.List;

/** Writes texts as rows of token ids, cut off or padded to one length. */
public record PaddedText(Tokenizer tokenizer, int length) {

  /** Writes row {@code row} of int64[N, length]; returns how many of it are tokens of the text. */
  public int write(String text, int row, LongBuffer ids) {
    List<Long> tokens = tokenizer.encode(text, length).ids();
    for (int i = 0; i < length; i++) {
      ids.put(
          row * length + i, i < tokens.size() ? tokens.get(i) : tokenizer.vocabulary().padding());
    }
    return Math.min(tokens.size(), length);
  }

  /** Writes row {@code row} of a mask, int64[N, length]: 1 where a token stands. */
  public void mark(int tokens, int row, LongBuffer mask) {
    for (int i = 0; i < length; i++) {
      mask.put(row * length + i, i < tokens ? 1 : 0);
    }
  }
}
