package io.github.nolabel.testkit;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.train.Batch;
import io.github.nolabel.api.train.BatchSource;
import io.github.nolabel.api.train.BatchStream;
import io.github.nolabel.api.view.View;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Noise for every view of a plan; the batch at an index is always the same.
 *
 * @param sizes images per batch, taken in turn
 * @param fixed whether all batches hold the same images
 */
record ImagesOfNoise(InputPlan plan, List<Integer> sizes, long batchesPerEpoch, boolean fixed)
    implements BatchSource {

  @Override
  public BatchStream from(long firstBatch) {
    return new BatchStream() {
      private long index = firstBatch;

      @Override
      public Batch next() {
        return at(index++);
      }

      @Override
      public void close() {}
    };
  }

  private Batch at(long index) {
    int size = sizes.get((int) (index % sizes.size()));
    long seed = fixed ? 0 : index;
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (View view : plan.views()) {
      tensors.put(view.input(), images(size, view.size(), 1000 * seed + tensors.size()));
    }
    return new Batch(size, tensors);
  }

  static Tensor images(int count, int size, long seed) {
    Tensor images = Tensor.zeros(ElementType.FLOAT, count, 3, size, size);
    SplittableRandom random = new SplittableRandom(seed);
    var values = images.floats();
    while (values.hasRemaining()) {
      values.put((float) random.nextGaussian());
    }
    return images;
  }
}
