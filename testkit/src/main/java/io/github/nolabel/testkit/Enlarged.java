package io.github.nolabel.testkit;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.Batch;
import io.github.nolabel.api.train.BatchSource;
import io.github.nolabel.api.train.BatchStream;
import java.nio.FloatBuffer;

/** The same batches with all their float numbers times {@code factor}. */
record Enlarged(BatchSource source, float factor) implements BatchSource {

  @Override
  public long batchesPerEpoch() {
    return source.batchesPerEpoch();
  }

  @Override
  public BatchStream from(long firstBatch) {
    BatchStream stream = source.from(firstBatch);
    return new BatchStream() {
      @Override
      public Batch next() {
        Batch batch = stream.next();
        batch.tensors().values().forEach(Enlarged.this::enlarge);
        return batch;
      }

      @Override
      public void close() {
        stream.close();
      }
    };
  }

  private void enlarge(Tensor tensor) {
    if (tensor.type() == ElementType.FLOAT) {
      FloatBuffer values = tensor.floats();
      for (int i = 0; i < values.limit(); i++) {
        values.put(i, factor * values.get(i));
      }
    }
  }
}
