package io.github.nolabel.runtime.kernels.node;

import io.github.nolabel.runtime.memory.OrtErrors;
import io.github.nolabel.runtime.memory.OrtLibrary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.onnxruntime.OrtApi;
import org.bytedeco.onnxruntime.OrtKernelContext;
import org.bytedeco.onnxruntime.OrtValue;
import org.jspecify.annotations.Nullable;

/**
 * One run of a node: its inputs, its outputs, and the session's threads. Each question to ONNX
 * Runtime is a native call, and a step asks thousands, so no more is asked than has to be.
 */
public final class KernelCall {

  private static final String ATTEMPT = "read a kernel's tensor";

  private final OrtApi api;
  private final OrtErrors errors;
  private final OrtKernelContext context;
  private final Crew crew;
  private final Ends ends;

  public KernelCall(OrtLibrary library, OrtKernelContext context, Crew crew, Ends ends) {
    this.api = library.api();
    this.errors = library.errors();
    this.context = context;
    this.crew = crew;
    this.ends = ends;
  }

  /** How many inputs and outputs a node has. */
  public record Ends(long inputs, long outputs) {}

  public NativeTensor input(int index) {
    NativeTensor tensor = optionalInput(index);
    if (tensor == null) {
      throw new IllegalArgumentException("input %d is missing".formatted(index));
    }
    return tensor;
  }

  /** All that a node has, where none may be left out. */
  public List<NativeTensor> inputs() {
    List<NativeTensor> tensors = new ArrayList<>();
    for (int i = 0; i < ends.inputs(); i++) {
      tensors.add(input(i));
    }
    return tensors;
  }

  /** Null if the node has no such input. */
  public @Nullable NativeTensor optionalInput(int index) {
    if (index >= ends.inputs()) {
      return null;
    }
    OrtValue value = new OrtValue();
    errors.check(api.KernelContext_GetInput(context, index, value), ATTEMPT);
    if (value.isNull()) {
      return null;
    }
    TensorDescription description = described(value);
    return new NativeTensor(description.extents(), data(value), description.width());
  }

  /** Null if nobody reads this output of the node. */
  public @Nullable NativeTensor output(int index, List<Long> extents) {
    if (index >= ends.outputs()) {
      return null;
    }
    OrtValue value = new OrtValue();
    long[] shape = new long[extents.size()];
    Arrays.setAll(shape, extents::get);
    errors.check(
        api.KernelContext_GetOutput(context, index, shape, shape.length, value),
        "make room for a kernel's result");
    return value.isNull() ? null : new NativeTensor(extents, data(value), described(value).width());
  }

  /** Calls the task for 0 to {@code count} - 1 on the threads of the session. */
  public void parallel(int count, IntConsumer task) {
    crew.run(count, task);
  }

  private TensorDescription described(OrtValue value) {
    TensorDescription description = TensorDescription.mine();
    errors.check(description.ask(api, value), ATTEMPT);
    return description;
  }

  private Pointer data(OrtValue value) {
    Pointer data = new Pointer();
    errors.check(api.GetTensorMutableData(value, data), ATTEMPT);
    return data;
  }
}
