package io.github.nolabel.data.region;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;

/** How a number is written, little-endian. */
enum NumberFormat {
  F16(2) {
    @Override
    double at(ByteBuffer bytes, int index) {
      return half(bytes.getShort(2 * index));
    }
  },
  F32(4) {
    @Override
    double at(ByteBuffer bytes, int index) {
      return bytes.getFloat(4 * index);
    }
  },
  F64(8) {
    @Override
    double at(ByteBuffer bytes, int index) {
      return bytes.getDouble(8 * index);
    }
  },
  I32(4) {
    @Override
    double at(ByteBuffer bytes, int index) {
      return bytes.getInt(4 * index);
    }
  },
  I64(8) {
    @Override
    double at(ByteBuffer bytes, int index) {
      return bytes.getLong(8 * index);
    }
  };

  private static final int FRACTION = 0x3FF;
  private static final int EXPONENT = 0x1F;

  private final int bytes;

  NumberFormat(int bytes) {
    this.bytes = bytes;
  }

  /** The number at {@code index}. */
  abstract double at(ByteBuffer bytes, int index);

  /** Bytes of one number. */
  int bytes() {
    return bytes;
  }

  /** By its name in NumPy, such as {@code <f4}. */
  static NumberFormat ofNumpy(String descr) throws IOException {
    return switch (descr) {
      case "<f2" -> F16;
      case "<f4" -> F32;
      case "<f8" -> F64;
      case "<i4" -> I32;
      case "<i8" -> I64;
      default -> throw unsupported(descr);
    };
  }

  /** By its name in safetensors, such as {@code F32}. */
  static NumberFormat ofSafetensors(String type) throws IOException {
    for (NumberFormat format : values()) {
      if (format.name().equals(type)) {
        return format;
      }
    }
    throw unsupported(type);
  }

  private static IOException unsupported(String type) {
    return new IOException(
        "it holds numbers of type '%s', expected little-endian float16, float32 or float64 (boxes and sizes: also int32 or int64)"
            .formatted(type));
  }

  /** Whether it is a format of fractions; features must have one. */
  boolean isFloat() {
    return name().startsWith("F");
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace("f", "float").replace("i", "int");
  }

  private static double half(short bits) {
    int exponent = (bits >> 10) & EXPONENT;
    int fraction = bits & FRACTION;
    double magnitude =
        exponent == 0
            ? fraction * 0x1p-24
            : exponent == EXPONENT
                ? (fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN)
                : Math.scalb(1 + fraction * 0x1p-10, exponent - 15);
    return bits < 0 ? -magnitude : magnitude;
  }
}
