package io.github.nolabel.data.source;

import io.github.nolabel.data.ImageDataset;
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
    RgbImage known = kept.get(index);
    if (known != null) {
      return known;
    }
    RgbImage image = images.image(index);
    int bytes = image.rgb().length + OVERHEAD;
    if (bytes <= LARGEST && budget.get() >= bytes && kept.compareAndSet(index, null, image)) {
      budget.addAndGet(-bytes);
    }
    return image;
  }
}
