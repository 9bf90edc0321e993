package io.github.nolabel.text;

import io.github.nolabel.api.option.NamedService;

/**
 * Makes a tokenizer from texts. Found by {@link java.util.ServiceLoader}; safe for many threads.
 */
public interface TokenizerTrainer extends NamedService {

  /** What it does, in one line. */
  String summary();

  /**
   * A tokenizer whose vocabulary suits these texts; the same texts in any order give the same
   * bytes.
   *
   * @param vocabularySize the most tokens there may be, special tokens included; texts that do not
   *     have as many yield fewer
   * @return a {@code tokenizer.json}, for {@link Tokenizers#of}
   * @throws io.github.nolabel.api.UserMistake if not even the characters of the texts fit; the
   *     message says the least possible size
   */
  byte[] train(Iterable<String> texts, int vocabularySize);
}
