package io.github.nolabel.runtime.kernels.model;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The fields of one protobuf message in order, of which a reader takes what it knows. Protobuf's
 * encoding: developers.google.com/protocol-buffers/docs/encoding.
 */
final class ProtoFields {

  private ProtoFields() {}

  /**
   * @param number the field's
   * @param whole of fields that are numbers
   * @param bytes of fields that are texts, messages or packed numbers; else empty
   */
  record Field(int number, long whole, ByteBuffer bytes) {

    /** Kinds of fields: a number of any length, eight bytes, as many as said, four. */
    static final int VARINT = 0;

    static final int FIXED64 = 1;
    static final int LENGTH = 2;
    static final int FIXED32 = 5;

    String text() {
      return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }

    /** Whether all its bits are 0. */
    boolean isZero() {
      return whole == 0 && bytes.equals(ByteBuffer.allocate(bytes.remaining()));
    }

    /** One number, or the packed ones. */
    List<Long> wholes() {
      if (!bytes.hasRemaining()) {
        return List.of(whole);
      }
      List<Long> values = new ArrayList<>();
      for (ByteBuffer in = bytes.duplicate(); in.hasRemaining(); ) {
        values.add(varint(in));
      }
      return values;
    }

    List<Field> fields() {
      return of(bytes);
    }

    /** Encodes a number, text or message; one that is empty is left out, which says the same. */
    void writeTo(ByteArrayOutputStream out) {
      if (bytes.hasRemaining()) {
        write(out, number, bytes);
      } else if (whole != 0) {
        writeVarint(out, (long) number << 3 | VARINT);
        writeVarint(out, whole);
      }
    }
  }

  /**
   * @throws IllegalArgumentException if it is no protobuf message
   */
  static List<Field> of(ByteBuffer message) {
    ByteBuffer in = message.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    List<Field> fields = new ArrayList<>();
    while (in.hasRemaining()) {
      long key = varint(in);
      fields.add(field((int) (key >>> 3), (int) (key & 7), in));
    }
    return fields;
  }

  static void write(ByteArrayOutputStream out, int number, String text) {
    write(out, number, StandardCharsets.UTF_8.encode(text));
  }

  /** Encodes a text or a message. */
  static void write(ByteArrayOutputStream out, int number, ByteBuffer bytes) {
    writeVarint(out, (long) number << 3 | Field.LENGTH);
    writeVarint(out, bytes.remaining());
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    out.writeBytes(copy);
  }

  static void writeVarint(ByteArrayOutputStream out, long value) {
    long rest = value;
    for (; (rest & ~0x7fL) != 0; rest >>>= 7) {
      out.write((int) ((rest & 0x7f) | 0x80));
    }
    out.write((int) rest);
  }

  private static Field field(int number, int kind, ByteBuffer in) {
    ByteBuffer none = ByteBuffer.allocate(0);
    return switch (kind) {
      case Field.VARINT -> new Field(number, varint(in), none);
      case Field.FIXED64 -> new Field(number, in.getLong(), none);
      case Field.FIXED32 -> new Field(number, in.getInt(), none);
      case Field.LENGTH -> new Field(number, 0, part(in, varint(in)));
      default -> throw new IllegalArgumentException("no protobuf message: kind " + kind);
    };
  }

  private static ByteBuffer part(ByteBuffer in, long length) {
    if (length < 0 || length > in.remaining()) {
      throw new IllegalArgumentException(
          "no protobuf message: a field of %d bytes".formatted(length));
    }
    ByteBuffer part = in.slice(in.position(), (int) length);
    in.position(in.position() + (int) length);
    return part;
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = in.get();
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("no protobuf message: a number of more than 64 bits");
  }
}
