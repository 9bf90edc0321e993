package io.github.nolabel.runs.model;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** One struct in Thrift's compact protocol; fields are written in ascending order of their ids. */
final class CompactThrift {

  private static final int I32 = 5;
  private static final int I64 = 6;
  private static final int BINARY = 8;
  private static final int LIST = 9;
  private static final int STRUCT = 12;
  private static final int LONG_LIST = 15;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int last;

  CompactThrift int32(int id, int value) {
    head(id, I32);
    varint(zigzag(value));
    return this;
  }

  CompactThrift int64(int id, long value) {
    head(id, I64);
    varint(zigzag(value));
    return this;
  }

  CompactThrift text(int id, String value) {
    head(id, BINARY);
    bytes(value);
    return this;
  }

  CompactThrift struct(int id, CompactThrift value) {
    head(id, STRUCT);
    out.writeBytes(value.bytes());
    return this;
  }

  CompactThrift structs(int id, Iterable<CompactThrift> values, int size) {
    list(id, STRUCT, size);
    values.forEach(value -> out.writeBytes(value.bytes()));
    return this;
  }

  CompactThrift int32s(int id, int... values) {
    list(id, I32, values.length);
    for (int value : values) {
      varint(zigzag(value));
    }
    return this;
  }

  CompactThrift texts(int id, String... values) {
    list(id, BINARY, values.length);
    for (String value : values) {
      bytes(value);
    }
    return this;
  }

  /** The struct with its end. */
  byte[] bytes() {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(out.toByteArray());
    whole.write(0);
    return whole.toByteArray();
  }

  private void head(int id, int type) {
    out.write(((id - last) << 4) | type);
    last = id;
  }

  private void list(int id, int type, int size) {
    head(id, LIST);
    out.write((Math.min(size, LONG_LIST) << 4) | type);
    if (size >= LONG_LIST) {
      varint(size);
    }
  }

  private void bytes(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    varint(utf8.length);
    out.writeBytes(utf8);
  }

  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.write((int) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  private static long zigzag(long value) {
    return (value << 1) ^ (value >> 63);
  }
}
