package io.github.nolabel.runtime;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.Batch;
import io.github.nolabel.api.train.BatchSource;
import io.github.nolabel.api.train.BatchStream;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Batches of rows with a linear truth plus noise, each a function of its index alone. */
public record ToyBatches(int batchSize, long batchesPerEpoch) implements BatchSource {

  @Override
  public BatchStream from(long firstBatch) {
    return new BatchStream() {
      private long index = firstBatch;
      private final Batch[] ring = {empty(), empty(), empty()};

      @Override
      public Batch next() {
        Batch batch = ring[(int) (index % ring.length)];
        fill(batch, index++);
        return batch;
      }

      @Override
      public void close() {
        index = Long.MIN_VALUE;
      }
    };
  }

  private Batch empty() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("x", Tensor.zeros(ElementType.FLOAT, batchSize, ToyProgram.WIDTH));
    tensors.put("y", Tensor.zeros(ElementType.FLOAT, batchSize, 1));
    return new Batch(batchSize, tensors);
  }

  private void fill(Batch batch, long index) {
    SplittableRandom random = new SplittableRandom(index);
    FloatBuffer x = ToyProgram.named(batch.tensors(), "x").floats();
    FloatBuffer y = ToyProgram.named(batch.tensors(), "y").floats();
    for (int row = 0; row < batchSize; row++) {
      double truth = 0;
      for (int i = 0; i < ToyProgram.WIDTH; i++) {
        float value = (float) (random.nextDouble() * 2 - 1);
        x.put(row * ToyProgram.WIDTH + i, value);
        truth += value * (i - 1.5);
      }
      y.put(row, (float) (truth + 0.1 * random.nextDouble()));
    }
  }
}
