package io.github.nolabel.text;

import io.github.nolabel.api.input.Vocabulary;
import java.util.List;

/** Turns texts into token ids and back. Immutable; safe for many threads. */
public interface Tokenizer {

  Vocabulary vocabulary();

  /**
   * The ids of a text with the special tokens before and after it, at most {@code length} of them:
   * of a longer text the end is cut off, its last id is still that of the end.
   */
  Encoded encode(String text, int length);

  /** The text of these ids without special tokens. */
  String decode(long... ids);

  /** The tokenizer as the bytes of a {@code tokenizer.json}. */
  byte[] json();

  /**
   * A text as ids.
   *
   * @param ids without padding
   * @param cut whether the text was longer
   */
  record Encoded(List<Long> ids, boolean cut) {

    public Encoded {
      ids = List.copyOf(ids);
    }
  }
}
