package io.github.nolabel.runtime.loop;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.Batch;
import io.github.nolabel.api.train.BatchSource;
import io.github.nolabel.api.train.BatchStream;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Batches that hold their own index; every wait for one takes a second on {@code clock}. */
final class CountedBatches implements BatchSource {

  final AtomicLong clock = new AtomicLong();
  int open;

  @Override
  public long batchesPerEpoch() {
    return 5;
  }

  @Override
  public BatchStream from(long firstBatch) {
    open++;
    return new BatchStream() {
      private long index = firstBatch;

      @Override
      public Batch next() {
        clock.addAndGet(1_000_000_000L);
        return new Batch(4, Map.of("x", Tensor.scalar((double) index++)));
      }

      @Override
      public void close() {
        open--;
      }
    };
  }
}
