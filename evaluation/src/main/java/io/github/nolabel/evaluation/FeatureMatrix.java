package io.github.nolabel.evaluation;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.Embedder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** One row of features per image, float[rows, width]. Immutable. */
public final class FeatureMatrix {

  private final int width;
  private final float[] values;

  private FeatureMatrix(int width, float[] values) {
    this.width = width;
    this.values = values;
  }

  public static FeatureMatrix of(int width, float... values) {
    return new FeatureMatrix(width, values.clone());
  }

  /** Embeds every batch of {@code images}, float[n, 3, S, S]. */
  public static FeatureMatrix embed(Embedder embedder, Iterable<Tensor> images) {
    List<float[]> parts = new ArrayList<>();
    int width = 0;
    for (Tensor batch : images) {
      Tensor features = embedder.embed(batch);
      width = (int) features.shape().extent(1);
      parts.add(features.toFloats());
    }
    return join(width, parts);
  }

  /** The rows of all parts, float[n, D] each, one after the other. */
  public static FeatureMatrix join(List<Tensor> parts) {
    int width = parts.isEmpty() ? 0 : (int) parts.get(0).shape().extent(1);
    return join(width, parts.stream().map(Tensor::toFloats).toList());
  }

  /** The images themselves as features: the anchor that a learnt backbone should pass. */
  public static FeatureMatrix ofPixels(Iterable<Tensor> images) {
    List<float[]> parts = new ArrayList<>();
    int width = 0;
    for (Tensor batch : images) {
      width = (int) (batch.elements() / batch.shape().extent(0));
      parts.add(batch.toFloats());
    }
    return join(width, parts);
  }

  public int rows() {
    return width == 0 ? 0 : values.length / width;
  }

  public int width() {
    return width;
  }

  /** A copy of all values, row by row. */
  public float[] values() {
    return values.clone();
  }

  /** The same directions with length one; a zero row stays zero. */
  public FeatureMatrix unitRows() {
    float[] unit = values.clone();
    for (int row = 0; row < rows(); row++) {
      double squares = 0;
      for (int i = row * width; i < (row + 1) * width; i++) {
        squares += (double) unit[i] * unit[i];
      }
      float scale = squares > 0 ? (float) (1 / Math.sqrt(squares)) : 0;
      for (int i = row * width; i < (row + 1) * width; i++) {
        unit[i] *= scale;
      }
    }
    return new FeatureMatrix(width, unit);
  }

  /** What tells the rows apart: each without the mean of all. */
  public FeatureMatrix centred() {
    double[] sums = new double[width];
    for (int i = 0; i < values.length; i++) {
      sums[i % width] += values[i];
    }
    return mapped((value, column) -> (float) (value - sums[column] / rows()));
  }

  /** Only one row. */
  FeatureMatrix row(int row) {
    return new FeatureMatrix(width, Arrays.copyOfRange(values, row * width, (row + 1) * width));
  }

  /** A value and its column to a new value. */
  @FunctionalInterface
  interface Change {
    float apply(float value, int column);
  }

  FeatureMatrix mapped(Change change) {
    float[] changed = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      changed[i] = change.apply(values[i], i % width);
    }
    return new FeatureMatrix(width, changed);
  }

  /** The rows in order: float[n, width], n at most {@code batchSize}. */
  Iterable<Tensor> batches(int batchSize) {
    return () ->
        IntStream.iterate(0, first -> first < rows(), first -> first + batchSize)
            .mapToObj(first -> rows(first, Math.min(rows(), first + batchSize)))
            .iterator();
  }

  private Tensor rows(int first, int end) {
    return Tensor.of(Arrays.copyOfRange(values, first * width, end * width), end - first, width);
  }

  /** Appends a row to {@code target}. */
  void copyRow(int row, FloatBuffer target) {
    target.put(values, row * width, width);
  }

  /** The dot product of two rows; of {@linkplain #unitRows() unit rows} their cosine. */
  public float dot(int a, int b) {
    return dot(a, this, b);
  }

  /** The dot product of row {@code a} with row {@code b} of another matrix of the same width. */
  float dot(int a, FeatureMatrix other, int b) {
    float[] others = other.values;
    float sum0 = 0;
    float sum1 = 0;
    float sum2 = 0;
    float sum3 = 0;
    int i = a * width;
    int j = b * width;
    int end = i + width - 3;
    for (; i < end; i += 4, j += 4) {
      sum0 += values[i] * others[j];
      sum1 += values[i + 1] * others[j + 1];
      sum2 += values[i + 2] * others[j + 2];
      sum3 += values[i + 3] * others[j + 3];
    }
    for (end += 3; i < end; i++, j++) {
      sum0 += values[i] * others[j];
    }
    return sum0 + sum1 + sum2 + sum3;
  }

  private static FeatureMatrix join(int width, List<float[]> parts) {
    float[] all = new float[parts.stream().mapToInt(part -> part.length).sum()];
    int offset = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, all, offset, part.length);
      offset += part.length;
    }
    return new FeatureMatrix(width, all);
  }
}
