package io.github.nolabel.runs.engine;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.data.Dataset;
import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.data.PreparedImages;
import io.github.nolabel.data.RgbImage;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Some images, spread evenly over all that are held out and kept in memory; of the training images
 * if nothing is held out.
 */
final class Sample {

  /** Enough for a rank, few enough for the middle of a training. */
  private static final int SIZE = 128;

  private static final int PIXELS = 1 << 21;

  private Sample() {}

  /** float[n, 3, S, S] each; none if there are not two. */
  static List<Tensor> of(Dataset data, Preprocessing preprocessing) {
    ImageDataset heldOut = data.heldOut().images();
    return heldOut.size() < 2
        ? of(data.training(), preprocessing, "training images")
        : of(heldOut, preprocessing, "held-out images");
  }

  private static List<Tensor> of(ImageDataset images, Preprocessing preprocessing, String which) {
    int fitting = Math.max(16, PIXELS / (preprocessing.size() * preprocessing.size()));
    int size = Math.min(Math.min(SIZE, fitting), images.size());
    if (size < 2) {
      return List.of();
    }
    List<Tensor> batches = new ArrayList<>();
    PreparedImages.of(new Every(images, size), preprocessing, which)
        .batches(size)
        .forEach(batches::add);
    return List.copyOf(batches);
  }

  private record Every(ImageDataset all, int size) implements ImageDataset {

    private int at(int index) {
      return (int) ((long) index * all.size() / size);
    }

    @Override
    public RgbImage image(int index) {
      return all.image(at(index));
    }

    @Override
    public OptionalInt label(int index) {
      return all.label(at(index));
    }

    @Override
    public List<String> labelNames() {
      return all.labelNames();
    }

    @Override
    public String name(int index) {
      return all.name(at(index));
    }
  }
}
