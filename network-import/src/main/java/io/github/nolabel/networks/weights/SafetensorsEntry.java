package io.github.nolabel.networks.weights;

import java.util.List;

/**
 * A tensor's line in the header.
 *
 * @param type such as F32
 * @param begin of its bytes, counted from the end of the header
 * @param end after its last byte
 */
public record SafetensorsEntry(String type, List<Long> extents, long begin, long end) {

  public SafetensorsEntry {
    extents = List.copyOf(extents);
  }

  /** How many numbers it has by its shape. */
  long count() {
    long count = 1;
    for (long extent : extents) {
      count = Math.multiplyExact(count, extent);
    }
    return count;
  }

  /** Bytes of one number. */
  int width() {
    return switch (type) {
      case "BOOL", "U8", "I8", "F8_E4M3", "F8_E5M2", "F8_E8M0" -> 1;
      case "F16", "BF16", "I16", "U16" -> 2;
      case "F32", "I32", "U32" -> 4;
      case "F64", "I64", "U64", "C64" -> 8;
      default -> throw new IllegalArgumentException("there is no number format " + type);
    };
  }
}
