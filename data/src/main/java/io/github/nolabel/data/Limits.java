package io.github.nolabel.data;

import io.github.nolabel.data.view.CounterRandom;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Keeps the number of training images within what the user asked for. */
public final class Limits {

  private Limits() {}

  /** At most {@code limit} images, chosen by the seed, in their old order; all if it is 0. */
  public static ImageDataset apply(ImageDataset images, DatasetSettings settings) {
    if (settings.limit() == 0 || settings.limit() >= images.size()) {
      return images;
    }
    int[] order = IntStream.range(0, images.size()).toArray();
    new CounterRandom().restart(settings.seed(), 0, 0, 0).shuffle(order);
    int[] chosen = Arrays.copyOf(order, (int) settings.limit());
    Arrays.sort(chosen);
    return JoinedImages.choose(images, chosen);
  }
}
