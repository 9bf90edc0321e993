package io.github.nolabel.data.source;

import io.github.nolabel.api.UserMistake;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The content of an IDX file of unsigned bytes: magic number {@code 00 00 08 dimensions}, the
 * extents as big-endian 32-bit numbers, the values.
 */
final class IdxArray {

  private static final int UNSIGNED_BYTES = 0x800;
  private static final long MOST_VALUES = Integer.MAX_VALUE - 64;

  private final int[] extents;
  private final byte[] values;

  private IdxArray(int[] extents, byte[] values) {
    this.extents = extents;
    this.values = values;
  }

  /**
   * @param dimensions how many the file must have: 3 for images, 1 for labels
   * @throws UserMistake if it is another kind of file, cut off, too long or unreadable
   */
  static IdxArray read(Path file, int dimensions) {
    try (InputStream input = Gzip.open(file);
        DataInputStream numbers = new DataInputStream(input)) {
      checkMagic(file, numbers.readInt(), dimensions);
      int[] extents = new int[dimensions];
      for (int i = 0; i < dimensions; i++) {
        extents[i] = numbers.readInt();
      }
      int count = count(file, extents);
      byte[] values = numbers.readNBytes(count);
      checkLength(file, extents, values.length, count, numbers.read());
      return new IdxArray(extents, values);
    } catch (EOFException e) {
      throw new UserMistake("'%s' is cut off: its end is missing.".formatted(file), e);
    } catch (IOException e) {
      throw new UserMistake("'%s' cannot be read: %s.".formatted(file, e.getMessage()), e);
    }
  }

  int extent(int dimension) {
    return extents[dimension];
  }

  /** Row by row; shared, read only. */
  byte[] values() {
    return values;
  }

  private static void checkMagic(Path file, int magic, int dimensions) {
    int expected = UNSIGNED_BYTES + dimensions;
    if (magic != expected) {
      throw new UserMistake(
          "'%s' is no IDX file of %s: it starts with %08x, expected %08x."
              .formatted(file, dimensions == 1 ? "labels" : "grey images", magic, expected));
    }
  }

  private static int count(Path file, int[] extents) {
    long count = 1;
    for (int extent : extents) {
      count = extent < 0 || count > MOST_VALUES ? -1 : count * extent;
      if (count < 0 || count > MOST_VALUES) {
        throw new UserMistake(
            "'%s' claims impossible extents %s.".formatted(file, Arrays.toString(extents)));
      }
    }
    return (int) count;
  }

  private static void checkLength(Path file, int[] extents, int got, int expected, int next) {
    if (got < expected) {
      throw new UserMistake(
          "'%s' is cut off: %s needs %,d values, got %,d."
              .formatted(file, Arrays.toString(extents), expected, got));
    }
    if (next >= 0) {
      throw new UserMistake(
          "'%s' is longer than the %,d values of %s."
              .formatted(file, expected, Arrays.toString(extents)));
    }
  }
}
