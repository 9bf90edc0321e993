package io.github.nolabel.networks.weights;

/** Numbers of 16 bits, widened without loss. */
public final class HalfFloats {

  private static final int FRACTION_BITS = 10;
  private static final int FRACTION = 0x3FF;

  private HalfFloats() {}

  /** IEEE 754 binary16, by its bits. */
  public static float ofBinary16(short bits) {
    int sign = (bits & 0x8000) << 16;
    int exponent = (bits >> FRACTION_BITS) & 0x1F;
    int fraction = bits & FRACTION;
    if (exponent == 0) {
      float magnitude = fraction * 0x1p-24f;
      return sign == 0 ? magnitude : -magnitude;
    }
    int wide = exponent == 0x1F ? 0xFF : exponent - 15 + 127;
    return Float.intBitsToFloat(sign | (wide << 23) | (fraction << (23 - FRACTION_BITS)));
  }

  /** bfloat16, the upper half of a float, by its bits. */
  public static float ofBfloat16(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }
}
