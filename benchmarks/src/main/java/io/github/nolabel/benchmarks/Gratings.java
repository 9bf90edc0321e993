package io.github.nolabel.benchmarks;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.Batch;
import io.github.nolabel.api.train.BatchSource;
import io.github.nolabel.api.train.BatchStream;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Images that need no files: striped patterns, each with an angle, a width and a tint of its own,
 * under noise. Two views of one image differ in phase and noise. The batch at an index is always
 * the same.
 */
record Gratings(int batchSize, int imageSize, long batchesPerEpoch) implements BatchSource {

  /** Kinds of pattern, for questions about neighbours. */
  static final int KINDS = 8;

  private static final double NOISE = 0.4;

  @Override
  public BatchStream from(long firstBatch) {
    return new BatchStream() {
      private long index = firstBatch;

      @Override
      public Batch next() {
        long first = index++ % batchesPerEpoch * batchSize;
        Map<String, Tensor> views = new LinkedHashMap<>();
        views.put("view_1", images(first, 1));
        views.put("view_2", images(first, 2));
        return new Batch(batchSize, views);
      }

      @Override
      public void close() {
        // There is nothing to free.
      }
    };
  }

  /** One batch: float[N, 3, S, S]; the image at an index is of kind {@code index % KINDS}. */
  Tensor images(long first, int view) {
    Tensor images = Tensor.zeros(ElementType.FLOAT, batchSize, 3, imageSize, imageSize);
    FloatBuffer pixels = images.floats();
    for (int i = 0; i < batchSize; i++) {
      draw(first + i, view, pixels);
    }
    return images;
  }

  private void draw(long image, int view, FloatBuffer pixels) {
    SplittableRandom own = new SplittableRandom(image);
    SplittableRandom random = new SplittableRandom(image * 31 + view);
    double angle = (image % KINDS + 0.3 * own.nextDouble()) * Math.PI / KINDS;
    double waves = 2 + 2 * own.nextDouble();
    double phase = random.nextDouble(2 * Math.PI);
    double scale = waves * 2 * Math.PI / imageSize;
    for (int channel = 0; channel < 3; channel++) {
      double tint = own.nextDouble(0.4, 1);
      for (int y = 0; y < imageSize; y++) {
        for (int x = 0; x < imageSize; x++) {
          double along = x * Math.cos(angle) + y * Math.sin(angle);
          double noise = NOISE * (random.nextDouble() - 0.5);
          pixels.put((float) (tint * Math.sin(scale * along + phase) + noise));
        }
      }
    }
  }
}
