package io.github.nolabel.runtime.checkpoint;

import com.google.flatbuffers.Table;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The fields of one FlatBuffers table by slot. */
final class FlatTable extends Table {

  private FlatTable(int position, ByteBuffer buffer) {
    __reset(position, buffer);
  }

  /** The root table of a buffer whose position is 0. */
  static FlatTable root(ByteBuffer contents) {
    ByteBuffer buffer = contents.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    return new FlatTable(buffer.getInt(0), buffer);
  }

  boolean has(int slot) {
    return offset(slot) != 0;
  }

  int intAt(int slot) {
    return has(slot) ? bb.getInt(bb_pos + offset(slot)) : 0;
  }

  String text(int slot) {
    return has(slot) ? __string(bb_pos + offset(slot)) : "";
  }

  FlatTable table(int slot) {
    return new FlatTable(__indirect(bb_pos + offset(slot)), bb);
  }

  int length(int slot) {
    return has(slot) ? __vector_len(offset(slot)) : 0;
  }

  FlatTable element(int slot, int index) {
    return new FlatTable(__indirect(__vector(offset(slot)) + index * Integer.BYTES), bb);
  }

  long[] longs(int slot) {
    long[] values = new long[length(slot)];
    for (int i = 0; i < values.length; i++) {
      values[i] = bb.getLong(__vector(offset(slot)) + i * Long.BYTES);
    }
    return values;
  }

  ByteBuffer bytes(int slot) {
    return has(slot) ? bb.slice(__vector(offset(slot)), length(slot)) : ByteBuffer.allocate(0);
  }

  /** Has a field refer to what begins at {@code position}. */
  void point(int slot, int position) {
    int field = bb_pos + offset(slot);
    bb.putInt(field, position - field);
  }

  private int offset(int slot) {
    return __offset(4 + 2 * slot);
  }
}
