package io.github.nolabel.onnx;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.graph.Parameter;
import java.util.Map;

/** Finds a parameter's values among named tensors. */
public final class StateLookup {

  private StateLookup() {}

  /**
   * @throws UserMistake if it is missing or has another shape
   */
  public static Tensor require(Map<String, Tensor> state, Parameter parameter) {
    Tensor values = state.get(parameter.name());
    if (values == null) {
      throw new UserMistake(
          "The state has no tensor '%s'. Does it belong to another backbone or method?"
              .formatted(parameter.name()));
    }
    if (!values.shape().equals(parameter.value().shape())) {
      throw new UserMistake(
          "Tensor '%s' is %s, the network needs %s. Were other options used?"
              .formatted(parameter.name(), values.shape(), parameter.value().shape()));
    }
    return values;
  }
}
