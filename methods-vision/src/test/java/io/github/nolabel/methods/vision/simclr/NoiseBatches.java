package io.github.nolabel.methods.vision.simclr;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.Batch;
import io.github.nolabel.api.train.BatchSource;
import io.github.nolabel.api.train.BatchStream;
import java.util.Map;
import java.util.SplittableRandom;

/** Two views of noise; the batch at an index is always the same. */
record NoiseBatches(int batchSize, int imageSize, long batchesPerEpoch, boolean fixed)
    implements BatchSource {

  @Override
  public BatchStream from(long firstBatch) {
    return new BatchStream() {
      private long index = firstBatch;

      @Override
      public Batch next() {
        long seed = fixed ? 0 : 2 * index++;
        return new Batch(batchSize, Map.of("view_1", noise(seed), "view_2", noise(seed + 1)));
      }

      @Override
      public void close() {}
    };
  }

  Tensor noise(long seed) {
    Tensor images = Tensor.zeros(ElementType.FLOAT, batchSize, 3, imageSize, imageSize);
    SplittableRandom random = new SplittableRandom(seed);
    var values = images.floats();
    while (values.hasRemaining()) {
      values.put((float) random.nextGaussian());
    }
    return images;
  }
}
