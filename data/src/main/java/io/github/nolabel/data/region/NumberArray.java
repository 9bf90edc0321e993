package io.github.nolabel.data.region;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Numbers of a file with their shape; none is NaN or infinite. */
final class NumberArray {

  /** Far more than the regions of one image. */
  private static final long MOST = 1 << 26;

  private final NumberFormat format;
  private final List<Long> shape;
  private final float[] values;

  private NumberArray(NumberFormat format, List<Long> shape, float[] values) {
    this.format = format;
    this.shape = shape;
    this.values = values;
  }

  /**
   * Reads as many numbers as {@code shape} says.
   *
   * @throws IOException saying what is wrong with them
   */
  static NumberArray read(String name, NumberFormat format, List<Long> shape, InputStream input)
      throws IOException {
    int count = count(name, shape);
    byte[] bytes = input.readNBytes(count * format.bytes());
    if (bytes.length < count * format.bytes()) {
      throw new IOException(
          "%s of %s%s ends after %,d of %,d bytes"
              .formatted(name, format, shape, bytes.length, (long) count * format.bytes()));
    }
    ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = finite(name, i, format.at(numbers, i));
    }
    return new NumberArray(format, shape, values);
  }

  private static int count(String name, List<Long> shape) throws IOException {
    long count = 1;
    for (long extent : shape) {
      if (extent < 0 || extent > MOST) {
        throw new IOException("%s has the impossible shape %s".formatted(name, shape));
      }
      count = Math.min(count * extent, MOST + 1);
    }
    if (count > MOST) {
      throw new IOException(
          "%s has the shape %s, expected at most %,d numbers for one image"
              .formatted(name, shape, MOST));
    }
    return (int) count;
  }

  private static float finite(String name, int index, double value) throws IOException {
    float narrowed = (float) value;
    if (!Float.isFinite(narrowed)) {
      throw new IOException(
          "%s has %s at index %,d, expected finite numbers only".formatted(name, value, index));
    }
    return narrowed;
  }

  NumberFormat format() {
    return format;
  }

  List<Long> shape() {
    return shape;
  }

  float[] values() {
    return values;
  }

  /** Such as {@code float32[36, 2048]}. */
  @Override
  public String toString() {
    return format + shape.toString();
  }
}
