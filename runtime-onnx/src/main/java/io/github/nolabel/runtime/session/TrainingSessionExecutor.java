package io.github.nolabel.runtime.session;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.train.Batch;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.runtime.checkpoint.StateSource;
import io.github.nolabel.runtime.device.DeviceChoice;
import io.github.nolabel.runtime.kernels.KernelChoice;
import io.github.nolabel.runtime.kernels.SessionKernels;
import io.github.nolabel.runtime.memory.NativeScope;
import io.github.nolabel.runtime.memory.OrtErrors;
import io.github.nolabel.runtime.memory.OrtLibrary;
import io.github.nolabel.runtime.memory.TensorBindings;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.onnxruntime.OrtCheckpointState;
import org.bytedeco.onnxruntime.OrtRunOptions;
import org.bytedeco.onnxruntime.OrtSessionOptions;
import org.bytedeco.onnxruntime.OrtTrainingSession;
import org.bytedeco.onnxruntime.OrtValue;

/** Drives ONNX Runtime's training session. The state lives there as frozen parameters. */
public final class TrainingSessionExecutor implements StepExecutor {

  /** Batches of which views are remembered; sources keep fewer in flight. */
  private static final int REMEMBERED_BATCHES = 16;

  private final OrtLibrary library;
  private final OrtErrors errors;
  private final TrainingProgram program;
  private final NativeScope scope = new NativeScope();

  private final SessionKernels kernels;

  /** ONNX Runtime keeps a reference to these bytes as long as the session lives. */
  private final ByteBuffer evaluation;

  private final OrtCheckpointState state = new OrtCheckpointState();
  private final OrtTrainingSession session = new OrtTrainingSession();
  private final Map<String, ScalarPort> scalarInputs = new LinkedHashMap<>();
  private final Map<String, ScalarPort> scalarOutputs = new LinkedHashMap<>();
  private final TensorBindings batches;
  private final PointerPointer<OrtValue> inputs;
  private final PointerPointer<OrtValue> outputs;
  private final DeviceChoice device;
  private final OtherModels others;

  /**
   * @param stateFile a checkpoint in ONNX Runtime's format that holds exactly the program's state
   * @param kernels of operators that do not use ONNX Runtime's own
   * @throws io.github.nolabel.runtime.memory.OnnxRuntimeException if a model is invalid or does not
   *     fit the state
   */
  public TrainingSessionExecutor(
      OrtLibrary library,
      TrainingProgram program,
      ByteBuffer stateFile,
      DeviceChoice device,
      KernelChoice kernels) {
    this.library = library;
    this.errors = library.errors();
    this.program = program;
    this.device = device;
    this.others =
        scope.own(new OtherModels(library, program, device, this::state), OtherModels::close);
    this.kernels =
        scope.own(SessionKernels.open(library, kernels, device.threads()), SessionKernels::close);
    this.evaluation = direct(this.kernels.readable(program.evaluation().bytes()));
    List<TensorSpec> specs = program.training().inputs();
    this.inputs = new PointerPointer<>(specs.size());
    this.outputs = new PointerPointer<>(program.training().outputs().size());
    this.batches = new TensorBindings(library, REMEMBERED_BATCHES * Math.max(1, specs.size()));
    scope.own(batches, TensorBindings::close);
    try {
      load(stateFile);
      open();
      openScalars();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void load(ByteBuffer stateFile) {
    errors.check(
        library
            .training()
            .LoadCheckpointFromBuffer(new Pointer(stateFile), stateFile.remaining(), state),
        "read the state");
    scope.own(state, library.training()::ReleaseCheckpointState);
  }

  private void open() {
    ByteBuffer training =
        direct(
            kernels.training(
                program.training().bytes(), device.config().imageGradient(), device.cuda()));
    try (NativeScope opening = new NativeScope()) {
      OrtSessionOptions options = SessionSettings.open(library, device, opening);
      kernels.addTo(options);
      errors.check(
          library
              .training()
              .CreateTrainingSessionFromBuffer(
                  library.environment(),
                  options,
                  state,
                  new Pointer(training),
                  training.remaining(),
                  new Pointer(evaluation),
                  evaluation.remaining(),
                  new Pointer(),
                  0,
                  session),
          "open the training program");
      scope.own(session, library.training()::ReleaseTrainingSession);
    }
  }

  private void openScalars() {
    for (TensorSpec spec : program.training().inputs()) {
      if (spec.shape().rank() == 0) {
        scalarInputs.put(spec.name(), new ScalarPort(library, spec, scope));
      }
    }
    int i = 0;
    for (TensorSpec spec : program.training().outputs()) {
      ScalarPort port = new ScalarPort(library, spec, scope);
      scalarOutputs.put(spec.name(), port);
      outputs.put(i++, port.view());
    }
  }

  @Override
  public Map<String, Double> step(Batch batch, Map<String, Double> scalars) {
    others.stateMoves();
    int i = 0;
    for (TensorSpec spec : program.training().inputs()) {
      inputs.put(i++, feed(spec, batch, scalars));
    }
    errors.check(
        library
            .training()
            .TrainStep(
                session,
                new OrtRunOptions(),
                inputs.capacity(),
                inputs,
                outputs.capacity(),
                outputs),
        "run the training step");
    Map<String, Double> values = new LinkedHashMap<>();
    scalarOutputs.forEach((name, port) -> values.put(name, port.read()));
    return values;
  }

  private OrtValue feed(TensorSpec spec, Batch batch, Map<String, Double> scalars) {
    Tensor data = batch.tensors().get(spec.name());
    if (data != null) {
      ModelInputs.requireBatch(data, spec, batch.size());
      return batches.viewOf(data);
    }
    ScalarPort port = scalarInputs.get(spec.name());
    Double value = scalars.get(spec.name());
    if (port == null || value == null) {
      throw new IllegalStateException(
          "nothing feeds the training input '%s'; the batch has %s"
              .formatted(spec, batch.tensors().keySet()));
    }
    port.write(value);
    return port.view();
  }

  @Override
  public Map<String, Tensor> evaluate(String model, Map<String, Tensor> given) {
    return model.equals(usual()) ? evaluate(given) : others.run(model, given);
  }

  private String usual() {
    return program.evaluations().keySet().iterator().next();
  }

  private Map<String, Tensor> evaluate(Map<String, Tensor> given) {
    ModelInputs signature = new ModelInputs(program.evaluation().inputs());
    List<TensorSpec> specs = program.evaluation().outputs();
    Map<String, Tensor> results = ModelInputs.empty(specs, signature.check(given));
    try (NativeScope call = new NativeScope()) {
      PointerPointer<OrtValue> in = library.views(signature.ordered(given), call);
      PointerPointer<OrtValue> out = library.views(results.values(), call);
      errors.check(
          library
              .training()
              .EvalStep(session, new OrtRunOptions(), in.capacity(), in, out.capacity(), out),
          "run the evaluation model");
    } finally {
      Reference.reachabilityFence(given);
    }
    return results;
  }

  @Override
  public Map<String, Tensor> state() {
    return new StateReader(library, state).read(program.state());
  }

  @Override
  public StateSource source() {
    return new StateReader(library, state).source(program.state());
  }

  @Override
  public void restore(Map<String, Tensor> values) {
    others.stateMoves();
    new StateWriter(library, state).write(program.state(), values);
  }

  @Override
  public void releaseBatches() {
    batches.close();
  }

  @Override
  public void close() {
    scope.close();
    library.releaseTensorMemory();
  }

  private static ByteBuffer direct(byte[] bytes) {
    return ByteBuffer.allocateDirect(bytes.length).order(ByteOrder.LITTLE_ENDIAN).put(0, bytes);
  }
}
