package io.github.nolabel.runs.model;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * One column of a row group on its way: levels and values of a data page, plainly encoded, not
 * compressed.
 */
final class ParquetColumn {

  private static final int FLOAT = 4;
  private static final int BYTE_ARRAY = 6;
  private static final int PLAIN = 0;
  private static final int RLE = 3;
  private static final int UNCOMPRESSED = 0;

  private final String[] path;
  private final int type;
  private final boolean repeated;
  private final boolean optional;
  private final Levels repetitions = new Levels();
  private final Levels definitions = new Levels();
  private final ByteArrayOutputStream values = new ByteArrayOutputStream();
  private int count;

  private ParquetColumn(int type, boolean repeated, boolean optional, String... path) {
    this.path = path;
    this.type = type;
    this.repeated = repeated;
    this.optional = optional;
  }

  /** Texts; where {@code optional}, an empty one is none. */
  static ParquetColumn texts(String name, boolean optional) {
    return new ParquetColumn(BYTE_ARRAY, false, optional, name);
  }

  /** A list of floats per row. */
  static ParquetColumn vectors(String name) {
    return new ParquetColumn(FLOAT, true, true, name, "list", "element");
  }

  void add(String text) {
    boolean there = !optional || !text.isEmpty();
    definitions.add(there ? 1 : 0, 1);
    count++;
    if (there) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      values.writeBytes(little(utf8.length));
      values.writeBytes(utf8);
    }
  }

  void add(float[] vector) {
    repetitions.add(0, 1);
    repetitions.add(1, vector.length - 1);
    definitions.add(1, vector.length);
    count += vector.length;
    ByteBuffer bytes =
        ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(vector);
    values.writeBytes(bytes.array());
  }

  int size() {
    return values.size();
  }

  /**
   * Writes the column's only page and forgets its rows.
   *
   * @param offset of the page in the file
   * @return its {@code ColumnChunk}
   */
  Chunk writeTo(OutputStream out, long offset) throws IOException {
    ByteArrayOutputStream page = new ByteArrayOutputStream();
    if (repeated) {
      repetitions.writeTo(page);
    }
    if (optional) {
      definitions.writeTo(page);
    }
    byte[] header = header(page.size() + values.size());
    int length = header.length + page.size() + values.size();
    out.write(header);
    page.writeTo(out);
    values.writeTo(out);
    Chunk chunk = new Chunk(described(length, offset), length);
    values.reset();
    count = 0;
    return chunk;
  }

  /**
   * A column that has been written.
   *
   * @param length in bytes
   */
  record Chunk(CompactThrift described, int length) {}

  private byte[] header(int size) {
    CompactThrift data = new CompactThrift().int32(1, count).int32(2, PLAIN);
    data.int32(3, RLE).int32(4, RLE);
    return new CompactThrift().int32(1, 0).int32(2, size).int32(3, size).struct(5, data).bytes();
  }

  private CompactThrift described(int length, long offset) {
    CompactThrift data = new CompactThrift().int32(1, type).int32s(2, PLAIN, RLE).texts(3, path);
    data.int32(4, UNCOMPRESSED).int64(5, count).int64(6, length).int64(7, length);
    return new CompactThrift().int64(2, 0).struct(3, data.int64(9, offset));
  }

  /** Four bytes, the lowest first. */
  static byte[] little(int value) {
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(value);
    return bytes.array();
  }

  /** Levels of 0 and 1 as runs, the next one longer while its level stays. */
  private static final class Levels {

    private final ByteArrayOutputStream runs = new ByteArrayOutputStream();
    private int level;
    private long length;

    void add(int next, long times) {
      if (next != level) {
        close();
        level = next;
      }
      length += times;
    }

    void writeTo(ByteArrayOutputStream page) {
      close();
      page.writeBytes(little(runs.size()));
      page.writeBytes(runs.toByteArray());
      runs.reset();
    }

    private void close() {
      if (length > 0) {
        long head = length << 1;
        for (; head > 0x7F; head >>>= 7) {
          runs.write((int) ((head & 0x7F) | 0x80));
        }
        runs.write((int) head);
        runs.write(level);
      }
      length = 0;
    }
  }
}
