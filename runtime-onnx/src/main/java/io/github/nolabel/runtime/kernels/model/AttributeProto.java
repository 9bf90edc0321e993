package io.github.nolabel.runtime.kernels.model;

import io.github.nolabel.runtime.kernels.model.ProtoFields.Field;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Attributes of nodes, encoded. AttributeProto: name 1, f 2, i 3, ints 8, type 20. */
public final class AttributeProto {

  private static final int TYPE = 20;

  /** Values of {@link #TYPE}. */
  private static final int NUMBER = 1;

  private static final int WHOLE_NUMBER = 2;
  private static final int WHOLE_NUMBERS = 7;

  private static final ByteBuffer NONE = ByteBuffer.allocate(0);

  private AttributeProto() {}

  public static ByteBuffer number(String name, float value) {
    ByteArrayOutputStream out = named(name);
    out.write(2 << 3 | Field.FIXED32);
    out.writeBytes(
        ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN).putFloat(value).array());
    return typed(out, NUMBER);
  }

  public static ByteBuffer whole(String name, long value) {
    ByteArrayOutputStream out = named(name);
    new Field(3, value, NONE).writeTo(out);
    return typed(out, WHOLE_NUMBER);
  }

  public static ByteBuffer wholes(String name, List<Long> values) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    values.forEach(value -> ProtoFields.writeVarint(packed, value));
    ByteArrayOutputStream out = named(name);
    ProtoFields.write(out, 8, ByteBuffer.wrap(packed.toByteArray()));
    return typed(out, WHOLE_NUMBERS);
  }

  private static ByteArrayOutputStream named(String name) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ProtoFields.write(out, 1, name);
    return out;
  }

  private static ByteBuffer typed(ByteArrayOutputStream out, int type) {
    new Field(TYPE, type, NONE).writeTo(out);
    return ByteBuffer.wrap(out.toByteArray());
  }
}
