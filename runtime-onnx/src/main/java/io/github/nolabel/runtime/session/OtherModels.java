package io.github.nolabel.runtime.session;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.OnnxModel;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.runtime.device.DeviceChoice;
import io.github.nolabel.runtime.memory.NativeScope;
import io.github.nolabel.runtime.memory.OrtLibrary;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Evaluation models beside the one that the runtime's training session knows. Each has a session of
 * its own and reads a copy of the state, taken when it is first asked after a step.
 */
final class OtherModels implements AutoCloseable {

  private final OrtLibrary library;
  private final TrainingProgram program;
  private final DeviceChoice device;
  private final Supplier<Map<String, Tensor>> state;
  private final NativeScope scope = new NativeScope();
  private final Map<String, InferenceModel> opened = new LinkedHashMap<>();
  private @Nullable Map<String, Tensor> copied;

  /**
   * @param state copies of the live state
   */
  OtherModels(
      OrtLibrary library,
      TrainingProgram program,
      DeviceChoice device,
      Supplier<Map<String, Tensor>> state) {
    this.library = library;
    this.program = program;
    this.device = device;
    this.state = state;
  }

  /** Forgets the copy. */
  void stateMoves() {
    copied = null;
  }

  Map<String, Tensor> run(String model, Map<String, Tensor> given) {
    return opened.computeIfAbsent(model, this::open).run(given);
  }

  private InferenceModel open(String model) {
    OnnxModel wanted = Objects.requireNonNull(program.evaluations().get(model), model);
    return scope.own(
        new InferenceModel(library, wanted, this::current, device), InferenceModel::close);
  }

  private Map<String, Tensor> current() {
    Map<String, Tensor> current = copied == null ? state.get() : copied;
    copied = current;
    return current;
  }

  @Override
  public void close() {
    scope.close();
  }
}
