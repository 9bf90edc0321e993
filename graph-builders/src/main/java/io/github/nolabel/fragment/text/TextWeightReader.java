package io.github.nolabel.fragment.text;

import io.github.nolabel.api.UserMistake;
import java.nio.file.Path;
import java.util.ServiceLoader;

/** Reads trained weights of text transformers from a file; found by {@link ServiceLoader}. */
public interface TextWeightReader {

  /**
   * Reads the names and shapes of a file.
   *
   * @throws UserMistake if it cannot be read, or holds no text transformer whose names are known
   */
  TextWeights read(Path file);

  /**
   * The one on the class path of this library.
   *
   * @throws UserMistake if there is none
   */
  static TextWeightReader find() {
    return ServiceLoader.load(TextWeightReader.class, TextWeightReader.class.getClassLoader())
        .findFirst()
        .orElseThrow(
            () ->
                new UserMistake(
                    "Weights in files need the artifact io.github.nolabel:nolabel-network-import on"
                        + " the class path."));
  }
}
