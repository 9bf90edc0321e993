package io.github.nolabel.data;

/** The same images, but a broken one ends the run, whether it was read or rendered in vain. */
record StrictImages(ImageDataset images) implements WrappedImages {

  @Override
  public RgbImage image(int index) {
    return image(index, Reduction.NONE);
  }

  @Override
  public RgbImage image(int index, Reduction reduction) {
    try {
      return images.image(index, reduction);
    } catch (BrokenImageException found) {
      throw broken(found);
    }
  }

  @Override
  public RuntimeException broken(BrokenImageException found) {
    return found.asMistake();
  }
}
