package io.github.nolabel.serve;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.data.BrokenImageException;
import io.github.nolabel.data.PreparedImages;
import io.github.nolabel.data.RgbImage;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/** Unit vectors of images and texts; any number of threads may ask. */
final class Embeddings {

  private final SearchModel model;
  private final Object turn = new Object();

  Embeddings(SearchModel model) {
    this.model = model;
  }

  boolean readsTexts() {
    return model.texts().isPresent();
  }

  /**
   * float[1, 3, S, S]: the image as the network sees it.
   *
   * @throws BrokenImageException if it cannot be resized
   */
  Tensor prepared(String name, RgbImage image) {
    return PreparedImages.one(name, image, model.preprocessing());
  }

  /** A row per prepared image. */
  float[][] of(List<Tensor> prepared) {
    if (prepared.isEmpty()) {
      return new float[0][];
    }
    int size = model.preprocessing().size();
    Tensor batch = Tensor.zeros(ElementType.FLOAT, prepared.size(), 3, size, size);
    FloatBuffer values = batch.floats();
    prepared.forEach(image -> values.put(image.floats()));
    float[] features;
    synchronized (turn) {
      features = model.images().apply(batch).toFloats();
    }
    int width = features.length / prepared.size();
    float[][] rows = new float[prepared.size()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = unit(Arrays.copyOfRange(features, i * width, (i + 1) * width));
    }
    return rows;
  }

  /** Call it only if the model {@link #readsTexts()}. */
  float[] of(String text) {
    synchronized (turn) {
      return unit(model.texts().orElseThrow().apply(text));
    }
  }

  /** Scales to length one, in place; zeros stay zeros. */
  static float[] unit(float[] vector) {
    double length = Math.sqrt(dot(vector, vector));
    for (int i = 0; length > 0 && i < vector.length; i++) {
      vector[i] = (float) (vector[i] / length);
    }
    return vector;
  }

  static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
