package io.github.nolabel.runtime.kernels;

import io.github.nolabel.runtime.kernels.node.Crew;
import io.github.nolabel.runtime.kernels.node.Kernel;
import io.github.nolabel.runtime.kernels.node.KernelCall;
import io.github.nolabel.runtime.kernels.node.NodeAttributes;
import io.github.nolabel.runtime.kernels.node.Operator;
import io.github.nolabel.runtime.kernels.node.Operator.Count;
import io.github.nolabel.runtime.kernels.onednn.OneDnn;
import io.github.nolabel.runtime.memory.OrtLibrary;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.onnxruntime.OrtApi;
import org.bytedeco.onnxruntime.OrtCustomOp;
import org.bytedeco.onnxruntime.OrtKernelContext;
import org.bytedeco.onnxruntime.OrtKernelInfo;
import org.bytedeco.onnxruntime.OrtStatus;
import org.bytedeco.onnxruntime.global.onnxruntime;
import org.jspecify.annotations.Nullable;

/**
 * What ONNX Runtime calls back. The binding has few places for callbacks of a kind, so all sessions
 * share these; operators are told apart by where they lie, kernels by the number that creating them
 * returned. Failures go back as statuses: nothing may be thrown into native code.
 */
final class KernelCallbacks {

  static final KernelCallbacks PROCESS = new KernelCallbacks();

  private final Map<Long, OperatorBinding> operators = new ConcurrentHashMap<>();
  private final Map<Long, Made> kernels = new ConcurrentHashMap<>();
  private final OrtLibrary library = OrtLibrary.load();
  private final AtomicLong numbers = new AtomicLong(1);

  private final Name name = new Name();
  private final Provider provider = new Provider();
  private final InputCount inputCount = new InputCount();
  private final InputType inputType = new InputType();
  private final InputNeed inputNeed = new InputNeed();
  private final InputPlace inputPlace = new InputPlace();
  private final OutputCount outputCount = new OutputCount();
  private final OutputType outputType = new OutputType();
  private final OutputNeed outputNeed = new OutputNeed();
  private final RepeatedInputs repeated = new RepeatedInputs();
  private final RepeatedInputs.OneType oneType = new RepeatedInputs.OneType();
  private final StatisticsInPlace updates = new StatisticsInPlace();
  private final StatesInPlace states = new StatesInPlace();
  private final StatisticsInPlace.Release release = new StatisticsInPlace.Release();
  private final Creation creation = new Creation();
  private final Computation computation = new Computation();
  private final Destruction destruction = new Destruction();

  private KernelCallbacks() {}

  /** A kernel, who works for it, and what its node has. */
  private record Made(Kernel kernel, Crew crew, KernelCall.Ends ends) {}

  /** A native operator that calls back; {@link #forget} it when its session has ended. */
  OrtCustomOp register(OperatorBinding binding) {
    OrtCustomOp op = new OrtCustomOp();
    Pointer.memset(op, 0, op.sizeof());
    op.version(onnxruntime.ORT_API_VERSION)
        .GetName(name)
        .GetExecutionProviderType(provider)
        .GetInputTypeCount(inputCount)
        .GetInputType(inputType)
        .GetInputCharacteristic(inputNeed)
        .GetInputMemoryType(inputPlace)
        .GetOutputTypeCount(outputCount)
        .GetOutputType(outputType)
        .GetOutputCharacteristic(outputNeed)
        .CreateKernelV2(creation)
        .KernelComputeV2(computation)
        .KernelDestroy(destruction);
    if (binding.operator().inputs().repeated()) {
      op.GetVariadicInputMinArity(repeated).GetVariadicInputHomogeneity(oneType);
    }
    if (binding.operator().updating()) {
      op.GetAliasMap(updates).ReleaseAliasMap(release);
    }
    if (Operators.isFormula(binding.operator())) {
      op.GetAliasMap(states).ReleaseAliasMap(release);
    }
    operators.put(op.address(), binding);
    return op;
  }

  void forget(OrtCustomOp op) {
    operators.remove(op.address());
    op.close();
  }

  /** Kernels that ONNX Runtime has made and not destroyed yet, in the whole process. */
  int liveKernels() {
    return kernels.size();
  }

  private Operator operator(OrtCustomOp op) {
    return binding(op).operator();
  }

  private OperatorBinding binding(OrtCustomOp op) {
    OperatorBinding binding = operators.get(op.address());
    if (binding == null) {
      throw new IllegalStateException("the operator was forgotten");
    }
    return binding;
  }

  private static int need(long index, Count count) {
    if (count.repeated() && index == count.all() - 1) {
      return onnxruntime.INPUT_OUTPUT_VARIADIC;
    }
    return index < count.required()
        ? onnxruntime.INPUT_OUTPUT_REQUIRED
        : onnxruntime.INPUT_OUTPUT_OPTIONAL;
  }

  /** ONNX Runtime puts the node's name before it. */
  private OrtStatus failure(Throwable e) {
    String message = "oneDNN: %s".formatted(e.getMessage() == null ? e : e.getMessage());
    try (BytePointer text = new BytePointer(message, StandardCharsets.UTF_8)) {
      return library.api().CreateStatus().call(onnxruntime.ORT_FAIL, text);
    }
  }

  private final class Name extends OrtCustomOp.GetName_OrtCustomOp {
    @Override
    public BytePointer call(OrtCustomOp op) {
      return binding(op).nativeName();
    }
  }

  private static final class Provider extends OrtCustomOp.GetExecutionProviderType_OrtCustomOp {
    @Override
    public @Nullable BytePointer call(OrtCustomOp op) {
      return null;
    }
  }

  private final class InputCount extends OrtCustomOp.GetInputTypeCount_OrtCustomOp {
    @Override
    public long call(OrtCustomOp op) {
      return operator(op).inputs().all();
    }
  }

  private final class InputType extends OrtCustomOp.GetInputType_OrtCustomOp_long {
    @Override
    public int call(OrtCustomOp op, long index) {
      return binding(op).inputType(index);
    }
  }

  private final class InputNeed extends OrtCustomOp.GetInputCharacteristic_OrtCustomOp_long {
    @Override
    public int call(OrtCustomOp op, long index) {
      return need(index, operator(op).inputs());
    }
  }

  private static final class InputPlace extends OrtCustomOp.GetInputMemoryType_OrtCustomOp_long {
    @Override
    public int call(OrtCustomOp op, long index) {
      return onnxruntime.OrtMemTypeDefault;
    }
  }

  private final class OutputCount extends OrtCustomOp.GetOutputTypeCount_OrtCustomOp {
    @Override
    public long call(OrtCustomOp op) {
      return operator(op).outputs().all();
    }
  }

  private final class OutputType extends OrtCustomOp.GetOutputType_OrtCustomOp_long {
    @Override
    public int call(OrtCustomOp op, long index) {
      return binding(op).outputType(index);
    }
  }

  private final class OutputNeed extends OrtCustomOp.GetOutputCharacteristic_OrtCustomOp_long {
    @Override
    public int call(OrtCustomOp op, long index) {
      return need(index, operator(op).outputs());
    }
  }

  private final class Creation
      extends OrtCustomOp.CreateKernelV2_OrtCustomOp_OrtApi_OrtKernelInfo_PointerPointer {
    @Override
    @SuppressWarnings("rawtypes")
    public @Nullable OrtStatus call(
        OrtCustomOp op, OrtApi api, OrtKernelInfo info, PointerPointer kernel) {
      try {
        long number = numbers.getAndIncrement();
        OperatorBinding binding = binding(op);
        NodeAttributes node = new NodeAttributes(library, info);
        kernels.put(number, new Made(binding.maker().apply(node), binding.crew(), node.ends()));
        new LongPointer(kernel).put(0, number);
        return null;
      } catch (Throwable e) {
        return failure(e);
      }
    }
  }

  private final class Computation extends OrtCustomOp.KernelComputeV2_Pointer_OrtKernelContext {
    @Override
    public @Nullable OrtStatus call(Pointer number, OrtKernelContext context) {
      try {
        OneDnn.loaded().alone();
        Made made = Objects.requireNonNull(kernels.get(number.address()), "no such kernel");
        made.kernel().compute(new KernelCall(library, context, made.crew(), made.ends()));
        return null;
      } catch (Throwable e) {
        return failure(e);
      }
    }
  }

  private final class Destruction extends OrtCustomOp.KernelDestroy_Pointer {
    @Override
    public void call(Pointer number) {
      kernels.remove(number.address());
    }
  }
}
