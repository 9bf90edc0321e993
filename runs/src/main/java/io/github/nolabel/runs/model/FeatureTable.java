package io.github.nolabel.runs.model;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.Embedder;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.data.BrokenImageException;
import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.data.PreparedImages;
import io.github.nolabel.data.RgbImage;
import io.github.nolabel.data.WrappedImages;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.IntStream;

/** One row per image, in the order of the images; the row of a broken image is NaN. */
public final class FeatureTable {

  private static final int BATCH = 64;

  private final ImageDataset images;
  private final Preprocessing preprocessing;
  private final Map<Integer, String> broken = new ConcurrentSkipListMap<>();

  public FeatureTable(ImageDataset images, Preprocessing preprocessing) {
    this.images = images;
    this.preprocessing = preprocessing;
  }

  public int rows() {
    return images.size();
  }

  /** What is wrong with the broken images met so far. */
  public List<String> broken() {
    return List.copyOf(broken.values());
  }

  /** Writes float32 [rows, width]. */
  public void writeFeatures(OutputStream out, Embedder embedder, long width) throws IOException {
    NpyFile.floatHeader(out, rows(), width);
    PreparedImages all = PreparedImages.of(new Noticing(), preprocessing);
    int first = 0;
    for (Tensor batch : all.batches(BATCH)) {
      float[] features = embedder.embed(batch).toFloats();
      int count = (int) batch.shape().extent(0);
      for (int row = 0; row < count; row++) {
        if (broken.containsKey(first + row)) {
          Arrays.fill(features, row * (int) width, (row + 1) * (int) width, Float.NaN);
        }
      }
      NpyFile.floats(out, features);
      first += count;
    }
  }

  /** Writes int64 [rows]. */
  public void writeLabels(OutputStream out) throws IOException {
    NpyFile.longHeader(out, rows());
    NpyFile.longs(
        out, IntStream.range(0, rows()).mapToLong(i -> images.label(i).orElse(-1)).toArray());
  }

  /** The same images; remembers which ones cannot be decoded. */
  private final class Noticing implements WrappedImages {

    @Override
    public ImageDataset images() {
      return images;
    }

    @Override
    public RgbImage image(int index) {
      try {
        return images.image(index);
      } catch (BrokenImageException e) {
        broken.put(index, String.valueOf(e.getMessage()));
        throw e;
      }
    }
  }
}
