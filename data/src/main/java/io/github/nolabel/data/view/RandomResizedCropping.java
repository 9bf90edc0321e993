package io.github.nolabel.data.view;

import io.github.nolabel.api.view.ViewTransform.RandomResizedCrop;

/**
 * A random part, resized: ten tries for an area and a shape that fit, then the largest centred part
 * of an allowed shape.
 */
final class RandomResizedCropping implements Framing, Transform {

  private static final int TRIES = 10;

  private final RandomResizedCrop crop;
  private final int size;
  private final Resizer resizer;
  private final Region region = new Region();
  private final Pixels part = new Pixels();

  RandomResizedCropping(RandomResizedCrop crop, int size) {
    this.crop = crop;
    this.size = size;
    this.resizer = new Resizer(crop.interpolation());
  }

  @Override
  public Frame choose(Scale scale, CounterRandom random) {
    Region seen = choose(scale.width(), scale.height(), random);
    return Frame.of(scale.box(seen.x, seen.y, seen.width, seen.height));
  }

  @Override
  public void frame(Picture picture, CounterRandom random, Pixels target) {
    Box box = choose(picture.scale(), random).box();
    resizer.resize(picture.pixels(), box, size, size, target);
  }

  @Override
  public double surplus(int width, int height, CounterRandom random) {
    Region chosen = choose(width, height, random);
    return (double) Math.min(chosen.width, chosen.height) / size;
  }

  @Override
  public void apply(Pixels image, CounterRandom random) {
    part.load(image, choose(image.width(), image.height(), random));
    resizer.resize(part, size, size, image);
  }

  /** The part of an image of this size that the numbers to come select. */
  Region choose(int width, int height, CounterRandom random) {
    for (int i = 0; i < TRIES; i++) {
      double area = (double) width * height * random.uniform(crop.minScale(), crop.maxScale());
      double ratio = Math.exp(random.uniform(Math.log(crop.minRatio()), Math.log(crop.maxRatio())));
      int w = (int) Math.rint(Math.sqrt(area * ratio));
      int h = (int) Math.rint(Math.sqrt(area / ratio));
      if (w > 0 && w <= width && h > 0 && h <= height) {
        int y = random.nextInt(height - h + 1);
        return region.set(random.nextInt(width - w + 1), y, w, h);
      }
    }
    return fallback(width, height);
  }

  private Region fallback(int width, int height) {
    double ratio = (double) width / height;
    int w = width;
    int h = height;
    if (ratio < crop.minRatio()) {
      h = (int) Math.rint(width / crop.minRatio());
    } else if (ratio > crop.maxRatio()) {
      w = (int) Math.rint(height * crop.maxRatio());
    }
    w = Math.max(1, Math.min(w, width));
    h = Math.max(1, Math.min(h, height));
    return region.set((width - w) / 2, (height - h) / 2, w, h);
  }
}
