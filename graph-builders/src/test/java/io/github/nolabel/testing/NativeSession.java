package io.github.nolabel.testing;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.TrainingArtifacts;
import io.github.nolabel.runtime.memory.NativeScope;
import io.github.nolabel.runtime.memory.OrtLibrary;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.SizeTPointer;
import org.bytedeco.onnxruntime.OrtCheckpointState;
import org.bytedeco.onnxruntime.OrtRunOptions;
import org.bytedeco.onnxruntime.OrtSessionOptions;
import org.bytedeco.onnxruntime.OrtStatus;
import org.bytedeco.onnxruntime.OrtTrainingApi;
import org.bytedeco.onnxruntime.OrtTrainingSession;
import org.bytedeco.onnxruntime.OrtValue;

/** ONNX Runtime's own training API over a folder of artifacts, as any C program would use it. */
public final class NativeSession implements AutoCloseable {

  private final OrtLibrary library = OrtLibrary.load();
  private final OrtTrainingApi api = library.training();
  private final NativeScope scope = new NativeScope();
  private final OrtCheckpointState state = new OrtCheckpointState();
  private final OrtTrainingSession session = new OrtTrainingSession();

  public NativeSession(Path folder) {
    check(api.LoadCheckpoint(path(folder.resolve(TrainingArtifacts.CHECKPOINT)), state));
    scope.own(state, api::ReleaseCheckpointState);
    OrtSessionOptions options = new OrtSessionOptions();
    check(library.api().CreateSessionOptions(options));
    scope.own(options, library.api()::ReleaseSessionOptions);
    check(library.api().SetIntraOpNumThreads(options, 1));
    check(
        api.CreateTrainingSession(
            library.environment(),
            options,
            state,
            path(folder.resolve(TrainingArtifacts.TRAINING)),
            path(folder.resolve(TrainingArtifacts.EVALUATION)),
            path(folder.resolve(TrainingArtifacts.OPTIMIZER)),
            session));
    scope.own(session, api::ReleaseTrainingSession);
  }

  /** The inputs that a training step wants, in order. */
  public List<String> inputNames() {
    try (SizeTPointer count = new SizeTPointer(1);
        PointerPointer<BytePointer> name = new PointerPointer<>(1)) {
      check(api.TrainingSessionGetTrainingModelInputCount(session, count));
      List<String> names = new ArrayList<>();
      for (long i = 0; i < count.get(); i++) {
        check(
            api.TrainingSessionGetTrainingModelInputName(
                session, i, library.hostAllocator(), name));
        names.add(name.getString(0));
        check(library.api().AllocatorFree(library.hostAllocator(), name.get(0)));
      }
      return names;
    }
  }

  /** Forward, backward, gradients added to the buffers; returns the loss. */
  public double trainStep(Tensor... inputs) {
    Tensor loss = Tensor.zeros(ElementType.FLOAT);
    run(List.of(inputs), loss, true);
    return loss.floats().get(0);
  }

  /** Fills {@code features}. */
  public void evalStep(Tensor images, Tensor features) {
    run(List.of(images), features, false);
  }

  private void run(List<Tensor> inputs, Tensor output, boolean training) {
    try (NativeScope call = new NativeScope()) {
      PointerPointer<OrtValue> in = new PointerPointer<>(inputs.size());
      for (int i = 0; i < inputs.size(); i++) {
        in.put(i, call.own(library.view(inputs.get(i)), library::release));
      }
      PointerPointer<OrtValue> out = new PointerPointer<>(1);
      out.put(0, call.own(library.view(output), library::release));
      check(
          training
              ? api.TrainStep(session, new OrtRunOptions(), inputs.size(), in, 1, out)
              : api.EvalStep(session, new OrtRunOptions(), inputs.size(), in, 1, out));
    } finally {
      Reference.reachabilityFence(inputs);
    }
  }

  public void optimizerStep(double learningRate) {
    check(api.SetLearningRate(session, (float) learningRate));
    check(api.OptimizerStep(session, new OrtRunOptions()));
  }

  /** The next training step overwrites the gradients. */
  public void resetGradients() {
    check(api.LazyResetGrad(session));
  }

  public void save(Path checkpoint) {
    check(api.SaveCheckpoint(state, path(checkpoint), true));
  }

  public void exportForInference(Path file, String... outputs) {
    try (PointerPointer<BytePointer> names = new PointerPointer<>(outputs.length)) {
      for (int i = 0; i < outputs.length; i++) {
        names.put(i, scope.own(new BytePointer(outputs[i]), BytePointer::close));
      }
      check(api.ExportModelForInferencing(session, path(file), outputs.length, names));
    }
  }

  @Override
  public void close() {
    scope.close();
  }

  private Pointer path(Path file) {
    return scope.own(new BytePointer(file.toString()), BytePointer::close);
  }

  private void check(@org.jspecify.annotations.Nullable OrtStatus status) {
    library.errors().check(status, "use the training artifacts");
  }
}
