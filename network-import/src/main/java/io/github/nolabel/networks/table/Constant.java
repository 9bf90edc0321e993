package io.github.nolabel.networks.table;

import io.github.nolabel.api.Dim;
import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** Values that are known before anything runs, but for the batch size. Immutable. */
public final class Constant implements FileValue {

  private static final int LARGEST = 1 << 24;

  private final ElementType type;
  private final long[] extents;
  private final double[] fixed;
  private final double[] perSample;

  private Constant(ElementType type, long[] extents, double[] fixed, double[] perSample) {
    this.type = type;
    this.extents = extents;
    this.fixed = fixed;
    this.perSample = Arrays.stream(perSample).allMatch(p -> p == 0) ? new double[0] : perSample;
  }

  /** One value per element in row-major order. */
  public static Constant of(ElementType type, long[] extents, IntFunction<BatchCount> element) {
    int size = size(extents);
    double[] fixed = new double[size];
    double[] perSample = new double[size];
    for (int i = 0; i < size; i++) {
      BatchCount count = element.apply(i);
      fixed[i] = count.fixed();
      perSample[i] = count.perSample();
    }
    return new Constant(type, extents.clone(), fixed, perSample);
  }

  public static Constant of(Tensor tensor) {
    int size = tensor.elements();
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] =
          switch (tensor.type()) {
            case FLOAT -> tensor.floats().get(i);
            case INT64 -> tensor.longs().get(i);
            default -> tensor.bytes().get(i);
          };
    }
    return new Constant(tensor.type(), tensor.shape().at(0), values, new double[0]);
  }

  /** int64[n]. */
  public static Constant integers(List<Dim> dims) {
    return of(
        ElementType.INT64,
        new long[] {dims.size()},
        i -> new BatchCount(dims.get(i).fixed(), dims.get(i).perSample()));
  }

  public static Constant scalar(ElementType type, double value) {
    return of(type, new long[0], i -> BatchCount.of(value));
  }

  /** Elements of this one, rearranged. */
  public Constant select(long[] newExtents, IntUnaryOperator source) {
    return of(type, newExtents, i -> at(source.applyAsInt(i)));
  }

  public ElementType type() {
    return type;
  }

  public long[] extents() {
    return extents.clone();
  }

  public int rank() {
    return extents.length;
  }

  public int size() {
    return fixed.length;
  }

  public BatchCount at(int index) {
    return new BatchCount(fixed[index], perSample.length == 0 ? 0 : perSample[index]);
  }

  /** Whether nothing depends on the batch size. */
  public boolean isFixed() {
    return perSample.length == 0;
  }

  /** Whole numbers; those beyond 64 bits become the nearest that fit. */
  public List<Long> integers() {
    requireFixed();
    return Arrays.stream(fixed).mapToObj(v -> (long) v).toList();
  }

  /** The only element. */
  public double number() {
    requireFixed();
    if (fixed.length != 1) {
      throw new IllegalStateException("one number is needed, got " + Shape.of(extents));
    }
    return fixed[0];
  }

  public Tensor tensor() {
    requireFixed();
    Tensor tensor = Tensor.zeros(type, extents);
    for (int i = 0; i < fixed.length; i++) {
      switch (type) {
        case FLOAT -> tensor.floats().put(i, (float) fixed[i]);
        case INT64 -> tensor.longs().put(i, (long) fixed[i]);
        default -> tensor.bytes().put(i, (byte) fixed[i]);
      }
    }
    return tensor;
  }

  /** How many elements a shape has. */
  public static int size(long... extents) {
    long size = 1;
    for (long extent : extents) {
      if (extent < 0 || (extent > 0 && size > LARGEST / extent)) {
        throw new IllegalStateException(
            "a constant cannot have the shape " + Arrays.toString(extents));
      }
      size *= extent;
    }
    return (int) size;
  }

  private void requireFixed() {
    if (!isFixed()) {
      throw new IllegalStateException("a number depends on the batch size");
    }
  }

  @Override
  public String toString() {
    return type
        + Arrays.toString(extents)
        + IntStream.range(0, Math.min(8, size())).mapToObj(this::at).toList();
  }
}
