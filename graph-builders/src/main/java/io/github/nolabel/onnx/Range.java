package io.github.nolabel.onnx;

/** What a value lies within; zero is part of it, so that zeros and padding stay exact. */
public record Range(float low, float high) {

  /** Steps of eight bits without a sign. */
  private static final int STEPS = 255;

  public Range {
    low = Math.min(low, 0);
    high = Math.max(high, 0);
  }

  /** What a step of an eight-bit integer stands for. */
  float scale() {
    float scale = (high - low) / STEPS;
    return scale >= Float.MIN_NORMAL ? scale : 1;
  }

  /** The integer that stands for zero. */
  int zero() {
    return Math.max(0, Math.min(STEPS, Math.round(-low / scale())));
  }
}
