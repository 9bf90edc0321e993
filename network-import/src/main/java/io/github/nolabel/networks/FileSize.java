package io.github.nolabel.networks;

import io.github.nolabel.networks.file.OnnxFile;
import java.util.Optional;
import java.util.OptionalInt;

/** The image size that a file asks for. */
final class FileSize {

  private static final String METADATA = "nolabel.preprocessing.size";

  private FileSize() {}

  /** The fixed extent of its input, or what its metadata says; empty if any size will do. */
  static Optional<Integer> of(OnnxFile file) {
    OptionalInt fixed = ImageInput.fixedSize(file);
    if (fixed.isPresent()) {
      return Optional.of(fixed.getAsInt());
    }
    return Optional.ofNullable(file.metadata().get(METADATA))
        .filter(text -> text.matches("[1-9][0-9]{0,3}"))
        .map(Integer::valueOf);
  }
}
