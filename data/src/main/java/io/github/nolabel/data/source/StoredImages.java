package io.github.nolabel.data.source;

import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.data.RgbImage;
import java.util.List;
import java.util.OptionalInt;

/** Images that are in memory already, all with labels or none. */
final class StoredImages implements ImageDataset {

  private final String origin;
  private final List<RgbImage> images;
  private final int[] labels;
  private final List<String> labelNames;

  /**
   * @param origin the file they came from, for messages
   * @param labels one per image, or none at all
   */
  StoredImages(String origin, List<RgbImage> images, int[] labels, List<String> labelNames) {
    this.origin = origin;
    this.images = List.copyOf(images);
    this.labels = labels.clone();
    this.labelNames = List.copyOf(labelNames);
  }

  @Override
  public int size() {
    return images.size();
  }

  @Override
  public RgbImage image(int index) {
    return images.get(index);
  }

  @Override
  public OptionalInt label(int index) {
    return labels.length == 0 ? OptionalInt.empty() : OptionalInt.of(labels[index]);
  }

  @Override
  public List<String> labelNames() {
    return labelNames;
  }

  @Override
  public String name(int index) {
    return "image " + index + " of " + origin;
  }
}
