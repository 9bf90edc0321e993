package io.github.nolabel.testkit;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.input.Input;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.train.Batch;
import io.github.nolabel.api.train.BatchSource;
import io.github.nolabel.api.train.BatchStream;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Noise for every input of a plan; the batch at an index is always the same.
 *
 * @param sizes images per batch, taken in turn
 * @param fixed whether all batches hold the same images
 */
record Noise(InputPlan plan, List<Integer> sizes, long batchesPerEpoch, boolean fixed)
    implements BatchSource {

  /** Token ids are below it: methods under test take a vocabulary of this size. */
  static final int VOCABULARY = MethodContract.VOCABULARY;

  private static final int CLASSES = 3;

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
    for (Input input : plan.inputs()) {
      tensors.put(input.name(), of(input, size, 1000 * seed + tensors.size()));
    }
    return new Batch(size, tensors);
  }

  private static Tensor of(Input input, int count, long seed) {
    Tensor tensor = Tensor.zeros(input.spec().type(), input.spec().shape().at(count));
    SplittableRandom random = new SplittableRandom(seed);
    if (input instanceof Input.Places) {
      places(tensor, random);
    } else if (input instanceof Input.RegionClasses classes) {
      distributions(tensor, classes.classes(), random);
    } else if (input.spec().type() == ElementType.FLOAT) {
      fill(tensor, random);
    } else if (input instanceof Input.Mask mask) {
      firstTokens(tensor, mask.length(), random);
    } else {
      int below = input instanceof Input.Text ? VOCABULARY : CLASSES;
      LongBuffer values = tensor.longs();
      while (values.hasRemaining()) {
        values.put(random.nextInt(below));
      }
    }
    return tensor;
  }

  /** What an evaluation model is given: numbers of noise, and whole numbers of 0 or 1. */
  static Map<String, Tensor> like(List<TensorSpec> inputs, int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (TensorSpec spec : inputs) {
      Tensor tensor = Tensor.zeros(spec.type(), spec.shape().at(count));
      if (spec.type() == ElementType.INT64) {
        IntStream.range(0, tensor.elements())
            .forEach(at -> tensor.longs().put(at, random.nextInt(2)));
      } else {
        fill(tensor, random);
      }
      tensors.put(spec.name(), tensor);
    }
    return tensors;
  }

  /** At least one token each, then padding. */
  private static void firstTokens(Tensor mask, int length, SplittableRandom random) {
    LongBuffer values = mask.longs();
    while (values.hasRemaining()) {
      int tokens = 1 + random.nextInt(length);
      for (int i = 0; i < length; i++) {
        values.put(i < tokens ? 1 : 0);
      }
    }
  }

  /** Numbers that add up to one in each row. */
  private static void distributions(Tensor tensor, int width, SplittableRandom random) {
    var values = tensor.floats();
    while (values.hasRemaining()) {
      double[] row = random.doubles(width).map(x -> 0.1 + x).toArray();
      double sum = Arrays.stream(row).sum();
      Arrays.stream(row).forEach(x -> values.put((float) (x / sum)));
    }
  }

  /** Boxes within an image whose sides are 1. */
  private static void places(Tensor tensor, SplittableRandom random) {
    var values = tensor.floats();
    while (values.hasRemaining()) {
      float x = (float) random.nextDouble(0.5);
      float y = (float) random.nextDouble(0.5);
      float width = (float) random.nextDouble(0.1, 0.5);
      float height = (float) random.nextDouble(0.1, 0.5);
      values.put(new float[] {x, y, x + width, y + height, width, height, width * height});
    }
  }

  private static void fill(Tensor tensor, SplittableRandom random) {
    var values = tensor.floats();
    while (values.hasRemaining()) {
      values.put((float) random.nextGaussian());
    }
  }
}
