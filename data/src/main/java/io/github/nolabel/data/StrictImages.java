package io.github.nolabel.data;

/** The same images, but a broken one ends the run. */
record StrictImages(ImageDataset images) implements WrappedImages {

  @Override
  public RgbImage image(int index) {
    try {
      return images.image(index);
    } catch (BrokenImageException broken) {
      throw broken.asMistake();
    }
  }
}
