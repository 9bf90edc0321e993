package io.github.nolabel.benchmarks;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.input.Input;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.train.Batch;
import io.github.nolabel.api.train.BatchSource;
import io.github.nolabel.api.train.BatchStream;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Numbers of the right kind for whatever a method reads; all batches are the same.
 *
 * @param vocabulary ids of tokens are below it
 */
record Noise(InputPlan plan, int batchSize, int vocabulary) implements BatchSource {

  private static final int FIRST_WORD = 5;

  @Override
  public long batchesPerEpoch() {
    return 1;
  }

  @Override
  public BatchStream from(long firstBatch) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    SplittableRandom random = new SplittableRandom(1);
    plan.inputs().forEach(input -> tensors.put(input.name(), of(input, random)));
    return new SpeedTest.Repeated(new Batch(batchSize, tensors)).from(firstBatch);
  }

  private Tensor of(Input input, SplittableRandom random) {
    Tensor tensor = Tensor.zeros(input.spec().type(), input.spec().shape().at(batchSize));
    if (input instanceof Input.Places) {
      places(tensor.floats(), random);
    } else if (input instanceof Input.RegionClasses classes) {
      shares(tensor.floats(), classes.classes());
    } else if (input instanceof Input.Mask mask) {
      firsts(tensor.longs(), mask.length(), random);
    } else if (input.spec().type() == ElementType.FLOAT) {
      fill(tensor.floats(), random);
    } else {
      int from = input instanceof Input.Text ? FIRST_WORD : 0;
      int below = input instanceof Input.Text ? vocabulary : 2;
      fill(tensor.longs(), from, below, random);
    }
    return tensor;
  }

  private static void fill(FloatBuffer values, SplittableRandom random) {
    while (values.hasRemaining()) {
      values.put((float) random.nextGaussian());
    }
  }

  private static void fill(LongBuffer values, int from, int below, SplittableRandom random) {
    while (values.hasRemaining()) {
      values.put(random.nextInt(from, below));
    }
  }

  /** At least two of each row, then padding. */
  private static void firsts(LongBuffer values, int length, SplittableRandom random) {
    while (values.hasRemaining()) {
      int held = random.nextInt(2, length + 1);
      for (int i = 0; i < length; i++) {
        values.put(i < held ? 1 : 0);
      }
    }
  }

  private static void shares(FloatBuffer values, int classes) {
    while (values.hasRemaining()) {
      values.put(1f / classes);
    }
  }

  /** Corners, sides and area of boxes in an image whose sides are 1. */
  private static void places(FloatBuffer values, SplittableRandom random) {
    while (values.hasRemaining()) {
      float x = (float) random.nextDouble(0.5);
      float y = (float) random.nextDouble(0.5);
      float side = (float) random.nextDouble(0.1, 0.5);
      values.put(new float[] {x, y, x + side, y + side, side, side, side * side});
    }
  }
}
