package io.github.nolabel.data;

import java.util.List;
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

  /** What the image shows, in words: any number of texts, none of them blank. */
  default List<String> captions(int index) {
    return List.of();
  }
}
