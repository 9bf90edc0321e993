package io.github.nolabel.data;

import java.util.Optional;
import java.util.stream.IntStream;

/** What is common to everything that has words. */
final class Captions {

  private Captions() {}

  /** Those of the images that have a caption, in order; empty if none has. */
  static Optional<ImageDataset> described(ImageDataset images) {
    int[] described =
        IntStream.range(0, images.size()).filter(i -> !images.captions(i).isEmpty()).toArray();
    return described.length == 0
        ? Optional.empty()
        : Optional.of(JoinedImages.choose(images, described));
  }
}
