package io.github.nolabel.fragment.text;

import io.github.nolabel.api.input.Vocabulary;
import io.github.nolabel.api.option.NamedService;

/** Registers a network that reads texts with {@link java.util.ServiceLoader}. */
public interface TextEncoderProvider extends NamedService {

  /** What it is, in one line, with its paper. */
  String summary();

  /**
   * @param config what users may change of it
   * @throws io.github.nolabel.api.UserMistake if the options do not go together
   */
  TextEncoder create(TextConfig config, Vocabulary vocabulary);
}
