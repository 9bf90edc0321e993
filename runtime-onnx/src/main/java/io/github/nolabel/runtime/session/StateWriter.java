package io.github.nolabel.runtime.session;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.StateTensor;
import io.github.nolabel.runtime.memory.NativeScope;
import io.github.nolabel.runtime.memory.OrtLibrary;
import java.lang.ref.Reference;
import java.util.List;
import java.util.Map;
import org.bytedeco.onnxruntime.OrtCheckpointState;

/** Copies state into a live training session. */
final class StateWriter {

  private final OrtLibrary library;
  private final OrtCheckpointState state;

  StateWriter(OrtLibrary library, OrtCheckpointState state) {
    this.library = library;
    this.state = state;
  }

  /**
   * @throws IllegalArgumentException if a tensor is missing or of another type or shape, before
   *     anything is copied; or if one is not float, which ONNX Runtime's accessor does not know
   */
  void write(List<StateTensor> tensors, Map<String, Tensor> values) {
    tensors.forEach(tensor -> value(tensor, values));
    for (StateTensor tensor : tensors) {
      write(tensor.name(), value(tensor, values));
    }
  }

  private void write(String name, Tensor value) {
    try (NativeScope call = new NativeScope()) {
      library
          .errors()
          .check(
              library
                  .training()
                  .UpdateParameter(state, name, call.own(library.view(value), library::release)),
              "write the state tensor '" + name + "'");
    } finally {
      Reference.reachabilityFence(value);
    }
  }

  private static Tensor value(StateTensor tensor, Map<String, Tensor> values) {
    Tensor value = values.get(tensor.name());
    if (value == null
        || value.type() != ElementType.FLOAT
        || tensor.type() != ElementType.FLOAT
        || !value.shape().equals(tensor.shape())) {
      throw new IllegalArgumentException(
          "The state tensor '%s' is %s and cannot become %s."
              .formatted(tensor.name(), tensor.type() + tensor.shape().toString(), value));
    }
    return value;
  }
}
