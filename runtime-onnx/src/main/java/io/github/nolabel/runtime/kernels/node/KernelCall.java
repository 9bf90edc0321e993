package io.github.nolabel.runtime.kernels.node;

import io.github.nolabel.runtime.memory.OrtErrors;
import io.github.nolabel.runtime.memory.OrtLibrary;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.SizeTPointer;
import org.bytedeco.onnxruntime.OrtApi;
import org.bytedeco.onnxruntime.OrtKernelContext;
import org.bytedeco.onnxruntime.OrtTensorTypeAndShapeInfo;
import org.bytedeco.onnxruntime.OrtValue;
import org.bytedeco.onnxruntime.global.onnxruntime;
import org.jspecify.annotations.Nullable;

/** One run of a node: its inputs, its outputs, and the session's threads. */
public final class KernelCall {

  private static final String ATTEMPT = "read a kernel's tensor";

  /** Where a thread has sizes written; to make such a place takes longer than to ask. */
  private static final ThreadLocal<SizeTPointer> SIZE =
      ThreadLocal.withInitial(() -> new SizeTPointer(1));

  private final Crew crew;
  private final OrtApi api;
  private final OrtErrors errors;
  private final OrtKernelContext context;
  private final long inputs;
  private final long outputs;

  public KernelCall(OrtLibrary library, OrtKernelContext context, Crew crew) {
    this.crew = crew;
    this.api = library.api();
    this.errors = library.errors();
    this.context = context;
    SizeTPointer count = SIZE.get();
    errors.check(api.KernelContext_GetInputCount(context, count), ATTEMPT);
    this.inputs = count.get();
    errors.check(api.KernelContext_GetOutputCount(context, count), ATTEMPT);
    this.outputs = count.get();
  }

  public NativeTensor input(int index) {
    NativeTensor tensor = optionalInput(index);
    if (tensor == null) {
      throw new IllegalArgumentException("input %d is missing".formatted(index));
    }
    return tensor;
  }

  /** Null if the node has no such input. */
  public @Nullable NativeTensor optionalInput(int index) {
    if (index >= inputs) {
      return null;
    }
    OrtValue value = new OrtValue();
    errors.check(api.KernelContext_GetInput(context, index, value), ATTEMPT);
    return value.isNull() ? null : tensor(value);
  }

  /** Null if nobody reads this output of the node. */
  public @Nullable NativeTensor output(int index, List<Long> extents) {
    if (index >= outputs) {
      return null;
    }
    OrtValue value = new OrtValue();
    long[] shape = extents.stream().mapToLong(Long::longValue).toArray();
    errors.check(
        api.KernelContext_GetOutput(context, index, shape, shape.length, value),
        "make room for a kernel's result");
    return value.isNull() ? null : tensor(value);
  }

  /** Calls the task for 0 to {@code count} - 1 on the threads of the session. */
  public void parallel(int count, IntConsumer task) {
    crew.run(count, task);
  }

  private NativeTensor tensor(OrtValue value) {
    OrtTensorTypeAndShapeInfo info = new OrtTensorTypeAndShapeInfo();
    errors.check(api.GetTensorTypeAndShape(value, info), ATTEMPT);
    try {
      Pointer data = new Pointer();
      errors.check(api.GetTensorMutableData(value, data), ATTEMPT);
      return new NativeTensor(extents(info), data, width(info));
    } finally {
      api.ReleaseTensorTypeAndShapeInfo(info);
    }
  }

  private List<Long> extents(OrtTensorTypeAndShapeInfo info) {
    SizeTPointer rank = SIZE.get();
    errors.check(api.GetDimensionsCount(info, rank), ATTEMPT);
    long[] extents = new long[(int) rank.get()];
    errors.check(api.GetDimensions(info, extents, extents.length), ATTEMPT);
    return LongStream.of(extents).boxed().toList();
  }

  private int width(OrtTensorTypeAndShapeInfo info) {
    int[] type = new int[1];
    errors.check(api.GetTensorElementType(info, type), ATTEMPT);
    return type[0] == onnxruntime.ONNX_TENSOR_ELEMENT_DATA_TYPE_BFLOAT16
        ? Short.BYTES
        : Float.BYTES;
  }
}
