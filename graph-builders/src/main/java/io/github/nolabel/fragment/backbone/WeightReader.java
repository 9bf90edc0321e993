package io.github.nolabel.fragment.backbone;

import io.github.nolabel.api.UserMistake;
import java.nio.file.Path;
import java.util.ServiceLoader;

/** Reads trained weights from a file; found by {@link ServiceLoader}. */
public interface WeightReader {

  /**
   * Reads the names and shapes of a file.
   *
   * @throws UserMistake if it cannot be read, or has two tensors for one parameter
   */
  NamedWeights read(Path file);

  /**
   * The one on the class path of this library.
   *
   * @throws UserMistake if there is none
   */
  static WeightReader find() {
    return ServiceLoader.load(WeightReader.class, WeightReader.class.getClassLoader())
        .findFirst()
        .orElseThrow(
            () ->
                new UserMistake(
                    "Weights in files need the artifact io.github.nolabel:nolabel-network-import on the class path."));
  }
}
