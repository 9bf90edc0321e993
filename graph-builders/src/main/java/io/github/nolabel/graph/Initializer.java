package io.github.nolabel.graph;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import java.nio.FloatBuffer;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/** Draws a parameter's first values; the same generator state gives the same values. */
@FunctionalInterface
public interface Initializer {

  Tensor draw(Shape shape, RandomGenerator random);

  static Initializer constant(double value) {
    return elementwise(random -> value);
  }

  /** Uniform in [-bound, bound]. */
  static Initializer uniform(double bound) {
    return elementwise(random -> (2 * random.nextDouble() - 1) * bound);
  }

  static Initializer normal(double std) {
    return elementwise(random -> random.nextGaussian() * std);
  }

  /**
   * Normal with standard deviation {@code std}, redrawn outside of [-2, 2] as by PyTorch's {@code
   * trunc_normal_}: the small deviations of transformers are not narrowed.
   */
  static Initializer truncatedNormal(double std) {
    return elementwise(
        random -> {
          double value = random.nextGaussian() * std;
          while (Math.abs(value) > 2) {
            value = random.nextGaussian() * std;
          }
          return value;
        });
  }

  /** Rows of length one in random directions, for float[n, D]. */
  static Initializer unitRows() {
    return (shape, random) -> {
      Tensor tensor = normal(1).draw(shape, random);
      FloatBuffer values = tensor.floats();
      int width = (int) shape.extent(1);
      for (int start = 0; start < values.capacity(); start += width) {
        scaleToUnit(values, start, width);
      }
      return tensor;
    };
  }

  private static void scaleToUnit(FloatBuffer values, int start, int width) {
    double squares = 0;
    for (int i = start; i < start + width; i++) {
      squares += (double) values.get(i) * values.get(i);
    }
    double length = Math.sqrt(squares);
    for (int i = start; i < start + width; i++) {
      values.put(i, (float) (values.get(i) / length));
    }
  }

  /** Given values; the shape must match. */
  static Initializer values(Tensor values) {
    return (shape, random) -> {
      if (!values.shape().equals(shape)) {
        throw new IllegalArgumentException("values " + values.shape() + " for " + shape);
      }
      return values.copy();
    };
  }

  /** PyTorch's default of dense and convolution layers: uniform in 1 / sqrt(fan-in). */
  static Initializer fanIn(long fanIn) {
    return uniform(1 / Math.sqrt((double) fanIn));
  }

  /** He et al. 2015 for ReLU, by fan-out: normal with variance 2 / fan-out. */
  static Initializer kaimingFanOut(long fanOut) {
    return normal(Math.sqrt(2.0 / fanOut));
  }

  /** Draws with a generator that depends on the seed and {@link Parameter#drawnAs} alone. */
  static Tensor draw(Parameter parameter, long seed) {
    long mixed = seed * 0x9E3779B97F4A7C15L;
    for (char c : parameter.drawnAs().toCharArray()) {
      mixed = (mixed ^ c) * 0x100000001B3L;
    }
    return parameter.initializer().draw(parameter.value().shape(), new SplittableRandom(mixed));
  }

  private static Initializer elementwise(ToDoubleFunction<RandomGenerator> next) {
    return (shape, random) -> {
      Tensor tensor = Tensor.zeros(ElementType.FLOAT, shape);
      FloatBuffer values = tensor.floats();
      while (values.hasRemaining()) {
        values.put((float) next.applyAsDouble(random));
      }
      return tensor;
    };
  }
}
