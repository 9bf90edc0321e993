package io.github.nolabel.runtime.kernels.node;

import java.util.List;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.SizeTPointer;
import org.bytedeco.onnxruntime.OrtApi;
import org.bytedeco.onnxruntime.OrtStatus;
import org.bytedeco.onnxruntime.OrtValue;
import org.bytedeco.onnxruntime.global.onnxruntime;
import org.jspecify.annotations.Nullable;

/**
 * What ONNX Runtime says of the tensor that was asked about last, where one thread has it written:
 * to make such a place takes longer than to ask.
 */
final class TensorDescription {

  private static final ThreadLocal<TensorDescription> MINE =
      ThreadLocal.withInitial(TensorDescription::new);

  private final IntPointer type = new IntPointer(1);
  private final SizeTPointer rank = new SizeTPointer(1);

  /** Points to where ONNX Runtime keeps them. */
  private final LongPointer extents = new LongPointer();

  private TensorDescription() {}

  /** The calling thread's. */
  static TensorDescription mine() {
    return MINE.get();
  }

  @Nullable OrtStatus ask(OrtApi api, OrtValue tensor) {
    return api.GetTensorElementTypeAndShapeDataReference(tensor, type, extents, rank);
  }

  List<Long> extents() {
    long[] numbers = new long[(int) rank.get()];
    Long[] boxed = new Long[numbers.length];
    if (numbers.length > 0) {
      extents.get(numbers);
    }
    for (int axis = 0; axis < numbers.length; axis++) {
      boxed[axis] = numbers[axis];
    }
    return List.of(boxed);
  }

  /** Bytes of an element. */
  int width() {
    return type.get() == onnxruntime.ONNX_TENSOR_ELEMENT_DATA_TYPE_BFLOAT16
        ? Short.BYTES
        : Float.BYTES;
  }
}
