package io.github.nolabel.api;

/** Argument checks whose messages name the argument and show the offending value. */
public final class Require {

  private Require() {}

  public static void positive(String name, long value) {
    if (value <= 0) {
      throw new UserMistake(name + " must be positive, got " + value);
    }
  }

  /** Checks {@code low <= value <= high}; NaN is rejected. */
  public static void within(String name, double value, double low, double high) {
    if (!(value >= low && value <= high)) {
      throw new UserMistake(
          "%s must lie in [%s, %s], got %s".formatted(name, plain(low), plain(high), plain(value)));
    }
  }

  /** Throws a {@link UserMistake} with {@code message} unless {@code condition} holds. */
  public static void that(boolean condition, String message) {
    if (!condition) {
      throw new UserMistake(message);
    }
  }

  /** A number without a needless {@code .0}. */
  static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
