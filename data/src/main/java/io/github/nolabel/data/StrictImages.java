package io.github.nolabel.data;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The same images, but a broken one ends the run. */
record StrictImages(ImageDataset images) implements ImageDataset {

  @Override
  public int size() {
    return images.size();
  }

  @Override
  public RgbImage image(int index) {
    try {
      return images.image(index);
    } catch (BrokenImageException broken) {
      throw broken.asMistake();
    }
  }

  @Override
  public OptionalInt label(int index) {
    return images.label(index);
  }

  @Override
  public List<String> labelNames() {
    return images.labelNames();
  }

  @Override
  public String name(int index) {
    return images.name(index);
  }

  @Override
  public Optional<String> caption(int index) {
    return images.caption(index);
  }
}
