package io.github.nolabel.autodiff.rules;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.testing.Nd;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a case feeds an operator with. The batch axis N is 3. */
record Operand(ElementType type, Shape shape, boolean differentiable, Sampler sampler) {

  static final int BATCH_SIZE = 3;

  /** Draws all values at once. */
  @FunctionalInterface
  interface Sampler {
    double[] draw(int count, SplittableRandom random);
  }

  /** Between -1.5 and 1.5. */
  static Operand in(long... extents) {
    return in(Shape.of(extents));
  }

  static Operand in(Shape shape) {
    return of(shape, random -> random.nextDouble(-1.5, 1.5));
  }

  /** The same with a leading batch axis. */
  static Operand batch(long... extents) {
    return in(Shape.batched(extents));
  }

  /** Between 0.5 and 2. */
  Operand positive() {
    return of(shape, random -> random.nextDouble(0.5, 2));
  }

  /** Either sign, at least 0.3 from zero. */
  Operand awayFromZero() {
    return of(shape, r -> (r.nextBoolean() ? 1 : -1) * r.nextDouble(0.3, 1.5));
  }

  /** No two values closer than 0.1. */
  Operand distinct() {
    return with(
        true,
        (count, random) -> {
          List<Integer> order = IntStream.range(0, count).boxed().collect(Collectors.toList());
          java.util.Collections.shuffle(order, new java.util.Random(random.nextLong()));
          return order.stream().mapToDouble(rank -> (rank - count / 2.0) * 0.1 + 0.03).toArray();
        });
  }

  Operand given(double... values) {
    return with(true, (count, random) -> values);
  }

  /** Not differentiated. */
  Operand constant() {
    return with(false, sampler);
  }

  /** Integers from zero to below {@code bound}, most of them repeated. */
  static Operand indices(long bound, long... extents) {
    return indices(bound, Shape.of(extents));
  }

  static Operand indices(long bound, Shape shape) {
    return new Operand(
        ElementType.INT64,
        shape,
        false,
        (count, r) -> r.longs(count, 0, bound).asDoubleStream().toArray());
  }

  /** Given integers. */
  static Operand integers(Shape shape, double... values) {
    return new Operand(ElementType.INT64, shape, false, (count, random) -> values);
  }

  static Operand booleans(long... extents) {
    return new Operand(
        ElementType.BOOL,
        Shape.of(extents),
        false,
        (count, r) -> r.longs(count, 0, 2).asDoubleStream().toArray());
  }

  /** Values that float32 can hold, so that both evaluators start from the same. */
  Nd sample(SplittableRandom random) {
    int[] extents = Arrays.stream(shape.at(BATCH_SIZE)).mapToInt(Math::toIntExact).toArray();
    int count = Arrays.stream(extents).reduce(1, (a, b) -> a * b);
    double[] values = sampler.draw(count, random);
    if (type == ElementType.INT64) {
      return Nd.integers(extents, i -> (long) values[i]);
    }
    Nd numbers = Nd.of(extents, i -> (float) values[i]);
    return type == ElementType.BOOL ? Nd.of(asBooleans(numbers)) : numbers;
  }

  private static io.github.nolabel.api.Tensor asBooleans(Nd numbers) {
    long[] extents = Arrays.stream(numbers.shape()).asLongStream().toArray();
    var tensor = io.github.nolabel.api.Tensor.zeros(ElementType.BOOL, extents);
    IntStream.range(0, numbers.size()).forEach(i -> tensor.bytes().put(i, (byte) numbers.at(i)));
    return tensor;
  }

  private Operand with(boolean differentiates, Sampler values) {
    return new Operand(type, shape, differentiates, values);
  }

  private static Operand of(
      Shape shape, java.util.function.ToDoubleFunction<SplittableRandom> one) {
    return new Operand(
        ElementType.FLOAT,
        shape,
        true,
        (count, random) ->
            IntStream.range(0, count).mapToDouble(i -> one.applyAsDouble(random)).toArray());
  }
}
