package io.github.nolabel.data;

import io.github.nolabel.data.view.CounterRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/** What is common to everything that has words. */
final class Captions {

  private static final double HELD_OUT = 0.1;
  private static final int MOST_HELD_OUT = 1000;

  private Captions() {}

  /** Those of the images that have a caption, in order; empty if none has. */
  static Optional<ImageDataset> described(ImageDataset images) {
    int[] described = indices(images);
    return described.length == 0
        ? Optional.empty()
        : Optional.of(JoinedImages.choose(images, described));
  }

  /**
   * A tenth of the described images, at least one and at most 1,000, and every copy of one of them,
   * so that training sees none of these pictures. Empty if training would keep nothing.
   *
   * @return indices in ascending order
   */
  static int[] tenth(ImageDataset images, long seed) {
    int[] described = indices(images);
    if (described.length == 0 || images.size() < 2) {
      return new int[0];
    }
    new CounterRandom().restart(seed, 0, 0, 0).shuffle(described);
    int count = (int) Math.rint(HELD_OUT * described.length);
    int[] chosen = Arrays.copyOf(described, Math.max(1, Math.min(count, MOST_HELD_OUT)));
    int[] held = images.copiesOf(chosen);
    return held.length < images.size() ? held : new int[0];
  }

  private static int[] indices(ImageDataset images) {
    return IntStream.range(0, images.size()).filter(i -> !images.captions(i).isEmpty()).toArray();
  }
}
