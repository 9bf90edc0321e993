package io.github.nolabel.data.region;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a detector took regions for: a probability of each class, scaled to add up to one. */
record ClassReader(NamedArrays arrays) {

  private static final List<String> CLASSES = List.of("classes", "cls_prob", "soft_labels");

  /** That of half precision over some thousand classes. */
  private static final double SLACK = 0.01;

  /** The probabilities of each region in turn, or nothing. */
  float[] read(int count) throws IOException {
    Optional<String> name = CLASSES.stream().filter(arrays.names()::contains).findFirst();
    if (name.isEmpty()) {
      return new float[0];
    }
    NumberArray array = arrays.read(name.get());
    List<Long> shape = array.shape();
    if (!array.format().isFloat() || shape.size() != 2 || shape.get(0) != count) {
      throw new IOException(
          "'%s' is %s, expected float32, float16 or float64 of [%d, classes]: a probability of each class for each region"
              .formatted(name.get(), array, count));
    }
    return probabilities(name.get(), array.values(), shape.get(1).intValue());
  }

  private static float[] probabilities(String name, float[] read, int classes) throws IOException {
    float[] scaled = new float[read.length];
    for (int start = 0; start < read.length; start += classes) {
      float[] region = Arrays.copyOfRange(read, start, start + classes);
      double sum = sum(region);
      if (Math.abs(sum - 1) > SLACK || least(region) < 0) {
        throw new IOException(
            "'%s' of region %d is no distribution: it adds up to %.4f and its smallest number is %s. Expected probabilities; of logits the softmax"
                .formatted(name, start / classes, sum, least(region)));
      }
      for (int i = 0; i < classes; i++) {
        scaled[start + i] = (float) (region[i] / sum);
      }
    }
    return scaled;
  }

  private static double sum(float[] numbers) {
    double sum = 0;
    for (float number : numbers) {
      sum += number;
    }
    return sum;
  }

  private static float least(float[] numbers) {
    float least = Float.POSITIVE_INFINITY;
    for (float number : numbers) {
      least = Math.min(least, number);
    }
    return least;
  }
}
