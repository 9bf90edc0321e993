package io.github.nolabel.objective;

import io.github.nolabel.api.Dim;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.input.Input;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.graph.Graph;
import java.util.LinkedHashMap;
import java.util.Map;

/** Whether a method's graph reads what its plan says, and nothing else. */
final class DeclaredInputs {

  private DeclaredInputs() {}

  /**
   * @throws IllegalStateException naming the first input that one of the two does not have, or has
   *     otherwise
   */
  static void check(InputPlan plan, Graph graph) {
    Map<String, TensorSpec> read = new LinkedHashMap<>();
    graph.inputs().stream()
        .filter(input -> input.shape().rank() > 0)
        .forEach(i -> read.put(i.name(), new TensorSpec(i.name(), i.type(), i.shape())));
    for (Input input : plan.inputs()) {
      TensorSpec found = read.remove(input.name());
      if (found == null || !fits(input.spec(), found)) {
        throw new IllegalStateException(
            "The plan promises the input '%s', the loss %s."
                .formatted(input.spec(), found == null ? "does not read it" : "reads " + found));
      }
    }
    if (!read.isEmpty()) {
      throw new IllegalStateException(
          "The loss reads %s, which the plan does not mention: %s."
              .formatted(read.values(), plan.inputs().stream().map(Input::name).toList()));
    }
  }

  /** A method that splits its batch reads one of a fixed size. */
  private static boolean fits(TensorSpec promised, TensorSpec read) {
    if (promised.type() != read.type() || promised.shape().rank() != read.shape().rank()) {
      return false;
    }
    Dim batch = read.shape().dim(0);
    Shape promise =
        batch.isFixed() ? Shape.of(promised.shape().at(batch.extent())) : promised.shape();
    return promise.equals(read.shape());
  }
}
