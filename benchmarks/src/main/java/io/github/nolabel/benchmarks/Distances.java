package io.github.nolabel.benchmarks;

import io.github.nolabel.api.Tensor;
import java.util.Map;
import java.util.function.Predicate;

/** How far results of two devices are apart. */
final class Distances {

  /** Smaller tensors are compared as if their largest element were this. */
  private static final double FLOOR = 1e-2;

  private Distances() {}

  /** The largest difference, relative to the largest element of {@code expected}. */
  static double relative(float[] expected, float[] actual) {
    double size = FLOOR;
    double apart = 0;
    for (int i = 0; i < expected.length; i++) {
      size = Math.max(size, Math.abs(expected[i]));
      double difference = Math.abs(expected[i] - actual[i]);
      apart = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(apart, difference);
    }
    return apart / size;
  }

  /** The worst tensor of those whose name fits. */
  static double worst(
      Map<String, Tensor> expected, Map<String, Tensor> actual, Predicate<String> names) {
    return expected.keySet().stream()
        .filter(names)
        .mapToDouble(name -> relative(floats(expected, name), floats(actual, name)))
        .max()
        .orElseThrow();
  }

  private static float[] floats(Map<String, Tensor> tensors, String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalStateException("There is no '%s' on the other device".formatted(name));
    }
    return tensor.toFloats();
  }
}
