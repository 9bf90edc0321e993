package io.github.nolabel.runtime.session;

import io.github.nolabel.api.Dim;
import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.runtime.memory.OrtErrors;
import io.github.nolabel.runtime.memory.OrtLibrary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.SizeTPointer;
import org.bytedeco.onnxruntime.OrtTensorTypeAndShapeInfo;
import org.bytedeco.onnxruntime.OrtTypeInfo;

/** ONNX Runtime's type descriptions in our vocabulary. */
final class TypeInfos {

  private TypeInfos() {}

  /**
   * Reads and frees {@code info}. A variable first axis becomes the batch axis.
   *
   * @throws IllegalArgumentException if it is no tensor, of another element type, or has a further
   *     variable axis
   */
  static TensorSpec spec(OrtLibrary library, String name, OrtTypeInfo info) {
    OrtErrors errors = library.errors();
    String attempt = "read the type of '" + name + "'";
    try (SizeTPointer rank = new SizeTPointer(1)) {
      OrtTensorTypeAndShapeInfo tensor = new OrtTensorTypeAndShapeInfo();
      errors.check(library.api().CastTypeInfoToTensorInfo(info, tensor), attempt);
      if (tensor.isNull()) {
        throw new IllegalArgumentException("'%s' is no tensor".formatted(name));
      }
      int[] type = new int[1];
      errors.check(library.api().GetTensorElementType(tensor, type), attempt);
      errors.check(library.api().GetDimensionsCount(tensor, rank), attempt);
      long[] extents = new long[(int) rank.get()];
      errors.check(library.api().GetDimensions(tensor, extents, extents.length), attempt);
      return new TensorSpec(name, elementType(name, type[0]), shape(name, extents));
    } finally {
      library.api().ReleaseTypeInfo(info);
    }
  }

  private static ElementType elementType(String name, int code) {
    return Arrays.stream(ElementType.values())
        .filter(type -> type.onnxCode() == code)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'%s' has an element type that is not supported (ONNX type %d)"
                        .formatted(name, code)));
  }

  private static Shape shape(String name, long[] extents) {
    List<Dim> dims = new ArrayList<>();
    for (int axis = 0; axis < extents.length; axis++) {
      if (extents[axis] < 0 && axis > 0) {
        throw new IllegalArgumentException(
            "axis %d of '%s' has no fixed extent; only the batch axis may vary"
                .formatted(axis, name));
      }
      dims.add(extents[axis] < 0 ? Dim.BATCH : Dim.of(extents[axis]));
    }
    return new Shape(dims);
  }
}
