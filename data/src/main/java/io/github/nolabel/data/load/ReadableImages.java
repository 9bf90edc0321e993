package io.github.nolabel.data.load;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.data.BrokenImageException;
import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.data.RgbImage;
import java.util.Collection;
import java.util.Collections;
import java.util.concurrent.ConcurrentSkipListMap;

/** Puts the next readable image in the place of a broken one, and counts. Thread-safe. */
final class ReadableImages {

  private final ImageDataset images;
  private final boolean strict;
  private final ConcurrentSkipListMap<Integer, String> broken = new ConcurrentSkipListMap<>();

  ReadableImages(ImageDataset images, boolean strict) {
    this.images = images;
    this.strict = strict;
  }

  /** What is made of an image. */
  @FunctionalInterface
  interface Use {

    /**
     * @param index where it stands
     * @throws BrokenImageException if nothing can be made of it; then the next one is tried
     */
    void of(int index, RgbImage image);
  }

  /** Uses the image at {@code index}, else the next one of which something can be made. */
  void use(int index, Use use) {
    int size = images.size();
    for (int step = 0; step < size; step++) {
      int candidate = (index + step) % size;
      if (!broken.isEmpty() && broken.containsKey(candidate)) {
        continue;
      }
      try {
        use.of(candidate, images.image(candidate));
        return;
      } catch (BrokenImageException e) {
        remember(candidate, e);
      }
    }
    throw new UserMistake(
        "None of the %d training images can be read; the first: %s"
            .formatted(size, broken.firstEntry().getValue()));
  }

  /** What is wrong with each broken image met so far, by index. */
  Collection<String> faults() {
    return Collections.unmodifiableCollection(broken.values());
  }

  private void remember(int index, BrokenImageException e) {
    if (strict) {
      throw e.asMistake();
    }
    broken.put(index, String.valueOf(e.getMessage()));
  }
}
