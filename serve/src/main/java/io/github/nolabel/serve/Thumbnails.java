package io.github.nolabel.serve;

import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.data.decode.SmallPicture;
import java.util.LinkedHashMap;
import java.util.Map;

/** Small JPEG files of the images; those that were asked for last are kept. */
final class Thumbnails {

  /** Pixels of the longer side: sharp at twice the size of the page's tiles. */
  private static final int SIDE = 360;

  private static final int KEPT = 512;

  private final ImageDataset images;
  private final Map<Integer, byte[]> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, byte[]> eldest) {
          return size() > KEPT;
        }
      };

  Thumbnails(ImageDataset images) {
    this.images = images;
  }

  /**
   * @throws io.github.nolabel.data.BrokenImageException if it cannot be decoded any more
   */
  byte[] jpeg(int image) {
    synchronized (kept) {
      byte[] known = kept.get(image);
      if (known != null) {
        return known;
      }
    }
    byte[] made = SmallPicture.jpeg(images.image(image), SIDE);
    synchronized (kept) {
      kept.put(image, made);
    }
    return made;
  }
}
