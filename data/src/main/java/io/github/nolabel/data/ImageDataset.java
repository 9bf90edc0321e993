package io.github.nolabel.data;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Images by index, some perhaps with labels. Safe for many readers at once. */
public interface ImageDataset {

  int size();

  /**
   * @throws BrokenImageException if this one image cannot be decoded
   */
  RgbImage image(int index);

  /** An index into {@link #labelNames()}; empty if nobody said what it is. */
  OptionalInt label(int index);

  List<String> labelNames();

  /** What to call the image in messages: its file, or where it stands in one. */
  String name(int index);

  /** What the image shows, in words. */
  default Optional<String> caption(int index) {
    return Optional.empty();
  }
}
