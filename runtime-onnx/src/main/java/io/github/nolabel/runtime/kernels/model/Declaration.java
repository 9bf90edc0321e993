package io.github.nolabel.runtime.kernels.model;

import io.github.nolabel.runtime.kernels.model.ProtoFields.Field;
import java.util.ArrayList;
import java.util.List;

/**
 * What a model says of a tensor.
 *
 * @param type ONNX's code of its elements
 * @param extents -1 where they are not known
 */
record Declaration(String name, int type, List<Long> extents) {

  private static final int FLOAT32 = 1;
  private static final int INT64 = 7;
  private static final int BOOL = 9;

  /** ValueInfoProto: name 1, type 2; TypeProto: tensor 1; Tensor: elem_type 1, shape 2; dim 1. */
  static Declaration given(Field value) {
    List<Field> tensor = inner(inner(value.fields(), 2), 1);
    List<Long> extents = new ArrayList<>();
    boolean shaped = tensor.stream().anyMatch(field -> field.number() == 2);
    for (Field axis : inner(tensor, 2)) {
      extents.add(
          axis.fields().stream()
              .filter(f -> f.number() == 1)
              .findFirst()
              .map(Field::whole)
              .orElse(-1L));
    }
    return new Declaration(text(value, 1), whole(tensor, 1), shaped ? extents : List.of(-1L));
  }

  /** TensorProto: dims 1, data_type 2, name 8. */
  static Declaration kept(Field tensor) {
    List<Long> extents =
        tensor.fields().stream()
            .filter(field -> field.number() == 1)
            .flatMap(field -> field.wholes().stream())
            .toList();
    return new Declaration(text(tensor, 8), whole(tensor.fields(), 2), extents);
  }

  boolean isFloat() {
    return type == FLOAT32;
  }

  boolean isWhole() {
    return type == INT64;
  }

  /** Whether it is true or false. */
  boolean isFlag() {
    return type == BOOL;
  }

  boolean isKnown() {
    return !extents.contains(-1L);
  }

  private static List<Field> inner(List<Field> fields, int number) {
    return fields.stream()
        .filter(f -> f.number() == number)
        .flatMap(f -> f.fields().stream())
        .toList();
  }

  private static String text(Field message, int number) {
    return message.fields().stream()
        .filter(f -> f.number() == number)
        .map(Field::text)
        .findFirst()
        .orElse("");
  }

  private static int whole(List<Field> fields, int number) {
    return fields.stream()
        .filter(f -> f.number() == number)
        .mapToInt(f -> (int) f.whole())
        .findFirst()
        .orElse(0);
  }
}
