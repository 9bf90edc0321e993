package io.github.nolabel.api;

/**
 * One axis of a {@link Shape}: {@code perSample * N + fixed}, where {@code N} is the batch size fed
 * at run time. A known extent has {@code perSample == 0}; two views joined along the batch axis
 * have {@code 2N}.
 */
public record Dim(long perSample, long fixed) {

  /** The batch axis {@code N}. */
  public static final Dim BATCH = new Dim(1, 0);

  public Dim {
    if (perSample < 0 || fixed < 0) {
      throw new IllegalArgumentException(
          "an extent is never negative, got %dN+%d".formatted(perSample, fixed));
    }
  }

  public static Dim of(long extent) {
    return new Dim(0, extent);
  }

  public boolean isFixed() {
    return perSample == 0;
  }

  /**
   * The extent of a fixed axis.
   *
   * @throws IllegalStateException if it depends on the batch size
   */
  public long extent() {
    if (!isFixed()) {
      throw new IllegalStateException("the extent " + this + " is known only at run time");
    }
    return fixed;
  }

  /** The extent for batches of {@code batchSize}. */
  public long at(long batchSize) {
    return perSample * batchSize + fixed;
  }

  /**
   * @throws ArithmeticException beyond 64 bits
   */
  public Dim plus(Dim other) {
    return new Dim(Math.addExact(perSample, other.perSample), Math.addExact(fixed, other.fixed));
  }

  /**
   * @throws ArithmeticException beyond 64 bits
   */
  public Dim times(long factor) {
    return new Dim(Math.multiplyExact(perSample, factor), Math.multiplyExact(fixed, factor));
  }

  @Override
  public String toString() {
    if (isFixed()) {
      return Long.toString(fixed);
    }
    String batches = perSample == 1 ? "N" : perSample + "N";
    return fixed == 0 ? batches : batches + "+" + fixed;
  }
}
