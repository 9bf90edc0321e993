package io.github.nolabel.data.load;

import io.github.nolabel.data.BrokenImageException;
import io.github.nolabel.data.BrokenImages;
import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.data.Reduction;
import io.github.nolabel.data.RgbImage;
import java.util.Collection;

/** Puts the next readable image in the place of a broken one, and counts. Thread-safe. */
final class ReadableImages {

  private final ImageDataset images;
  private final boolean strict;
  private final BrokenImages broken = new BrokenImages();

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
  void use(int index, Reduction reduction, Use use) {
    int size = images.size();
    for (int step = 0; step < size; step++) {
      int candidate = (index + step) % size;
      if (!broken.contains(candidate)
          && broken.allows(candidate, () -> use(use, candidate, reduction))) {
        return;
      }
    }
    throw broken.none("training images");
  }

  private void use(Use use, int candidate, Reduction reduction) {
    try {
      use.of(candidate, images.image(candidate, reduction));
    } catch (BrokenImageException e) {
      throw strict ? e.asMistake() : images.broken(e);
    }
  }

  /** What is wrong with each broken image met so far, by index. */
  Collection<String> faults() {
    return broken.faults();
  }
}
