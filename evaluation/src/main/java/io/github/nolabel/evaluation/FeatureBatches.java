package io.github.nolabel.evaluation;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.export.ProbeInputs;
import io.github.nolabel.api.train.Batch;
import io.github.nolabel.api.train.BatchSource;
import io.github.nolabel.api.train.BatchStream;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

/**
 * Shuffled batches of features with their labels.
 *
 * @param features of all images in an epoch
 */
record FeatureBatches(
    LongFunction<FeatureMatrix> features, List<Integer> labels, int batchSize, long seed)
    implements BatchSource {

  @Override
  public long batchesPerEpoch() {
    return labels.size() / batchSize;
  }

  @Override
  public BatchStream from(long firstBatch) {
    return new Stream(firstBatch);
  }

  /** Every epoch in another order, which is a function of the seed and the epoch. */
  private int[] order(long epoch) {
    int[] order = IntStream.range(0, labels.size()).toArray();
    SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + epoch);
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int moved = order[i];
      order[i] = order[j];
      order[j] = moved;
    }
    return order;
  }

  private final class Stream implements BatchStream {

    private final int width;
    private final Tensor images;
    private final Tensor classes = Tensor.zeros(ElementType.INT64, batchSize);
    private long index;
    private long epoch;
    private int[] order;
    private FeatureMatrix rows;

    Stream(long first) {
      index = first;
      epoch = first / batchesPerEpoch();
      order = order(epoch);
      rows = features.apply(epoch);
      width = rows.width();
      images = Tensor.zeros(ElementType.FLOAT, batchSize, width);
    }

    @Override
    public Batch next() {
      if (index / batchesPerEpoch() != epoch) {
        epoch = index / batchesPerEpoch();
        order = order(epoch);
        rows = features.apply(epoch);
      }
      fill((int) (index % batchesPerEpoch()) * batchSize);
      index++;
      return new Batch(batchSize, Map.of(ProbeInputs.IMAGES, images, ProbeInputs.LABELS, classes));
    }

    private void fill(int start) {
      FloatBuffer values = images.floats();
      LongBuffer expected = classes.longs();
      for (int i = start; i < start + batchSize; i++) {
        rows.copyRow(order[i], values);
        expected.put(labels.get(order[i]));
      }
    }

    @Override
    public void close() {
      // Holds nothing but memory.
    }
  }
}
