package io.github.nolabel.data.source;

import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.data.Reduction;
import io.github.nolabel.data.RgbImage;
import io.github.nolabel.data.WrappedImages;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Keeps decoded images in memory while they are small and a quarter of the heap is not used up, so
 * that small images are decoded once and not in every epoch.
 */
final class CachedImages implements WrappedImages {

  private static final int LARGEST = 3 * 256 * 256;
  private static final int OVERHEAD = 64;

  private final ImageDataset images;
  private final AtomicReferenceArray<@Nullable RgbImage> kept;
  private final AtomicLong budget;

  CachedImages(ImageDataset images) {
    this(images, Runtime.getRuntime().maxMemory() / 4);
  }

  /**
   * @param budget bytes that may be kept
   */
  CachedImages(ImageDataset images, long budget) {
    this.images = images;
    this.kept = new AtomicReferenceArray<>(images.size());
    this.budget = new AtomicLong(budget);
  }

  @Override
  public ImageDataset images() {
    return images;
  }

  @Override
  public RgbImage image(int index) {
    return image(index, Reduction.NONE);
  }

  /** Images that are small enough to be kept are never reduced, whether they are kept or not. */
  @Override
  public RgbImage image(int index, Reduction reduction) {
    RgbImage known = kept.get(index);
    if (known != null) {
      return known;
    }
    RgbImage image =
        images.image(
            index,
            (width, height) -> isSmall(width, height) ? 1 : reduction.largest(width, height));
    if (image.isWhole() && isSmall(image.width(), image.height())) {
      keep(index, image);
    }
    return image;
  }

  private static boolean isSmall(int width, int height) {
    return 3L * width * height + OVERHEAD <= LARGEST;
  }

  private void keep(int index, RgbImage image) {
    int bytes = image.rgb().length + OVERHEAD;
    if (budget.get() >= bytes && kept.compareAndSet(index, null, image)) {
      budget.addAndGet(-bytes);
    }
  }
}
