package io.github.nolabel.fragment.text;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.input.Vocabulary;
import io.github.nolabel.api.option.NamedService;
import java.nio.file.Path;
import java.util.List;

/** Registers a network that reads texts with {@link java.util.ServiceLoader}. */
public interface TextEncoderProvider extends NamedService {

  /** What it is, in one line, with its paper. */
  String summary();

  /**
   * @param config what users may change of it
   * @throws UserMistake if the options do not go together
   */
  TextEncoder create(TextConfig config, Vocabulary vocabulary);

  /** The files that the configuration names; a run keeps copies of them. */
  default List<Path> files(TextConfig config) {
    return List.of();
  }

  /**
   * The configuration with the fingerprint of its file.
   *
   * @throws UserMistake if the file is missing, has another fingerprint, or is of no use here
   */
  default TextConfig pinned(TextConfig config) {
    if (!config.weights().isEmpty()) {
      throw new UserMistake(
          "The text network %s takes no file of weights, but text.weights = '%s'."
              .formatted(name(), config.weights()));
    }
    return config;
  }
}
