package io.github.nolabel.objective;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.export.ProbeInputs;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.train.Batch;
import io.github.nolabel.api.train.BatchSource;
import io.github.nolabel.api.train.BatchStream;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.evaluation.LabelledImages;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Images of one colour and a little noise each: the colour is the class. */
record FlatColours(int size, int first) implements LabelledImages {

  private static final int PIXELS = 16;

  @Override
  public List<String> classes() {
    return List.of("red", "green", "blue");
  }

  @Override
  public List<Integer> labels() {
    return IntStream.range(0, size).mapToObj(i -> (i + first) % 3).toList();
  }

  @Override
  public LabelledImages share(double fraction, long seed) {
    return new FlatColours((int) Math.rint(fraction * size), first);
  }

  @Override
  public Iterable<Tensor> plain(Preprocessing preprocessing, int batchSize) {
    List<Tensor> batches = new ArrayList<>();
    for (int i = 0; i < size; i += batchSize) {
      batches.add(images(i, Math.min(batchSize, size - i)));
    }
    return batches;
  }

  @Override
  public Iterable<Tensor> augmented(InputPlan plan, long seed, long epoch, int batchSize) {
    return plain(plan.evaluation(), batchSize);
  }

  @Override
  public BatchSource batches(InputPlan plan, int batchSize, long seed) {
    return new InTurn(this, batchSize);
  }

  Tensor images(int start, int count) {
    Tensor images = Tensor.zeros(ElementType.FLOAT, count, 3, PIXELS, PIXELS);
    FloatBuffer values = images.floats();
    for (int i = start; i < start + count; i++) {
      for (int p = 0; p < 3 * PIXELS * PIXELS; p++) {
        float noise = ((i + first) * 31 + p * 17) % 13 / 13f;
        values.put((labels().get(i) == p / (PIXELS * PIXELS) ? 1 : 0) + noise);
      }
    }
    return images;
  }

  private record InTurn(FlatColours images, int batchSize) implements BatchSource {

    @Override
    public long batchesPerEpoch() {
      return images.size / batchSize;
    }

    @Override
    public BatchStream from(long firstBatch) {
      return new BatchStream() {
        private long next = firstBatch;

        @Override
        public Batch next() {
          int start = (int) (next++ % batchesPerEpoch()) * batchSize;
          Tensor labels = Tensor.zeros(ElementType.INT64, batchSize);
          var expected = labels.longs();
          images.labels().subList(start, start + batchSize).forEach(expected::put);
          return new Batch(
              batchSize,
              Map.of(
                  ProbeInputs.IMAGES, images.images(start, batchSize), ProbeInputs.LABELS, labels));
        }

        @Override
        public void close() {}
      };
    }
  }
}
