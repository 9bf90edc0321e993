package io.github.nolabel.runtime.kernels.formula;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;

/**
 * What one loop over arrays computes: a step of a {@link Formula}, or several whose numbers nobody
 * else reads. A loop takes as long as it takes to read and to write, however much it computes. Each
 * operation rounds as it does by itself.
 */
interface FormulaLoop {

  /** The registers whose arrays it reads. */
  Set<Integer> reads();

  /**
   * The loop in these arrays.
   *
   * @param arrays from a register to its array
   * @param numbers what single registers hold
   */
  IntConsumer in(float[] result, IntFunction<float[]> arrays, float[] numbers);

  /**
   * A step by itself.
   *
   * @param singles those of its operands that hold one number
   */
  record Alone(Formula.Step step, Set<Integer> singles) implements FormulaLoop {

    @Override
    public Set<Integer> reads() {
      Set<Integer> reads = new HashSet<>(List.of(step.first(), step.second()));
      reads.removeAll(singles);
      return reads;
    }

    @Override
    public IntConsumer in(float[] result, IntFunction<float[]> arrays, float[] numbers) {
      Operation operation = step.operation();
      float x = numbers[step.first()];
      float y = numbers[step.second()];
      if (reads().isEmpty()) {
        float value = operation.of(x, y);
        return count -> Arrays.fill(result, 0, count, value);
      }
      if (singles.contains(step.second())) {
        float[] a = arrays.apply(step.first());
        return count -> operation.apply(a, y, result, count);
      }
      float[] b = arrays.apply(step.second());
      if (singles.contains(step.first())) {
        return count -> operation.apply(x, b, result, count);
      }
      float[] a = arrays.apply(step.first());
      return count -> operation.apply(a, b, result, count);
    }
  }

  /**
   * A register, or its square, times one that holds one number.
   *
   * @param factor {@link #NONE} stands for 1
   */
  record Scaled(int register, boolean squared, int factor) {

    static final int NONE = -1;

    float factor(float[] numbers) {
      return factor == NONE ? 1 : numbers[factor];
    }
  }

  /** {@code a s + b t} or {@code a s + b b t}: a moving average, or a step along a direction. */
  record ScaledSum(Scaled a, Scaled b, boolean minus) implements FormulaLoop {

    @Override
    public Set<Integer> reads() {
      return Set.copyOf(List.of(a.register(), b.register()));
    }

    @Override
    public IntConsumer in(float[] result, IntFunction<float[]> arrays, float[] numbers) {
      float[] first = arrays.apply(a.register());
      float[] second = arrays.apply(b.register());
      float s = a.factor(numbers);
      float t = minus ? -b.factor(numbers) : b.factor(numbers);
      return b.squared()
          ? count -> squareSum(first, s, second, t, result, count)
          : count -> sum(first, s, second, t, result, count);
    }

    private static void sum(float[] a, float s, float[] b, float t, float[] y, int count) {
      for (int i = 0; i < count; i++) {
        y[i] = a[i] * s + b[i] * t;
      }
    }

    private static void squareSum(float[] a, float s, float[] b, float t, float[] y, int count) {
      for (int i = 0; i < count; i++) {
        y[i] = a[i] * s + b[i] * b[i] * t;
      }
    }
  }

  /** {@code a s / (sqrt(b t) + epsilon)}: a direction by the spread of its numbers. */
  record RootQuotient(Scaled a, Scaled b, int epsilon) implements FormulaLoop {

    @Override
    public Set<Integer> reads() {
      return Set.copyOf(List.of(a.register(), b.register()));
    }

    @Override
    public IntConsumer in(float[] result, IntFunction<float[]> arrays, float[] numbers) {
      float[] first = arrays.apply(a.register());
      float[] second = arrays.apply(b.register());
      float s = a.factor(numbers);
      float t = b.factor(numbers);
      float e = numbers[epsilon];
      return count -> quotient(first, s, second, t, e, result, count);
    }

    private static void quotient(
        float[] a, float s, float[] b, float t, float e, float[] y, int count) {
      for (int i = 0; i < count; i++) {
        y[i] = a[i] * s / ((float) Math.sqrt(b[i] * t) + e);
      }
    }
  }

  /**
   * {@code x - (direction + x decay) rate}: a step of Adam's, with decoupled decay of weights or
   * without.
   *
   * @param decay {@link Scaled#NONE} if there is none
   */
  record RootStep(int x, RootQuotient direction, int decay, int rate) implements FormulaLoop {

    @Override
    public Set<Integer> reads() {
      Set<Integer> reads = new HashSet<>(direction.reads());
      reads.add(x);
      return reads;
    }

    @Override
    public IntConsumer in(float[] result, IntFunction<float[]> arrays, float[] numbers) {
      float[] from = arrays.apply(x);
      float[] first = arrays.apply(direction.a().register());
      float[] second = arrays.apply(direction.b().register());
      float s = direction.a().factor(numbers);
      float t = direction.b().factor(numbers);
      float e = numbers[direction.epsilon()];
      float r = numbers[rate];
      if (decay == Scaled.NONE) {
        return count -> step(from, first, s, second, t, e, r, result, count);
      }
      float d = numbers[decay];
      return count -> decayed(from, d, first, s, second, t, e, r, result, count);
    }

    private static void step(
        float[] x,
        float[] a,
        float s,
        float[] b,
        float t,
        float e,
        float rate,
        float[] y,
        int count) {
      for (int i = 0; i < count; i++) {
        y[i] = x[i] - a[i] * s / ((float) Math.sqrt(b[i] * t) + e) * rate;
      }
    }

    private static void decayed(
        float[] x,
        float decay,
        float[] a,
        float s,
        float[] b,
        float t,
        float e,
        float rate,
        float[] y,
        int count) {
      for (int i = 0; i < count; i++) {
        float direction = a[i] * s / ((float) Math.sqrt(b[i] * t) + e);
        y[i] = x[i] - (direction + x[i] * decay) * rate;
      }
    }
  }
}
