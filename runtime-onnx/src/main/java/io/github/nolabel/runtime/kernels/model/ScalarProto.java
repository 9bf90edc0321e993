package io.github.nolabel.runtime.kernels.model;

import io.github.nolabel.runtime.kernels.model.ProtoFields.Field;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Tensors of one float32 number that does not change. */
final class ScalarProto {

  private ScalarProto() {}

  /** TensorProto: dims 1, data_type 2, float_data 4, name 8, raw_data 9. */
  static Map<String, Float> of(Stream<Field> kept, List<NodeProto> nodes) {
    Map<String, Float> scalars = new HashMap<>();
    kept.forEach(tensor -> add(scalars, Declaration.kept(tensor).name(), tensor));
    nodes.stream()
        .filter(node -> node.is("", "Constant"))
        .forEach(node -> node.tensor("value").forEach(t -> add(scalars, node.outputs().get(0), t)));
    return scalars;
  }

  private static void add(Map<String, Float> scalars, String name, Field tensor) {
    Declaration declared = Declaration.kept(tensor);
    if (declared.isFloat() && declared.extents().stream().allMatch(extent -> extent == 1)) {
      tensor.fields().stream()
          .filter(field -> field.number() == 4 || field.number() == 9)
          .forEach(field -> scalars.put(name, number(field)));
    }
  }

  private static float number(Field field) {
    ByteBuffer bytes = field.bytes().duplicate().order(ByteOrder.LITTLE_ENDIAN);
    return bytes.remaining() == Float.BYTES
        ? bytes.getFloat()
        : Float.intBitsToFloat((int) field.whole());
  }
}
