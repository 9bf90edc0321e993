package io.github.nolabel.runtime.kernels;

import io.github.nolabel.runtime.kernels.model.ModelNodes;
import io.github.nolabel.runtime.kernels.model.ModelNodes.ModelNode;
import io.github.nolabel.runtime.kernels.node.Operator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the kernels compute: float32 only; convolutions over height and width with explicit pads.
 */
final class Coverage {

  private static final int FLOAT32 = 1;

  /** ONNX's codes of float16, float64 and bfloat16. */
  private static final Set<Integer> OTHER_FLOATS = Set.of(10, 11, 16);

  private Coverage() {}

  /** The first node of the operator that is not covered, and why; empty if all are. */
  static Optional<String> gap(ModelNodes model, Operator operator) {
    boolean mixed = model.types().stream().anyMatch(OTHER_FLOATS::contains);
    return model.nodes().stream()
        .filter(node -> node.is(operator))
        .flatMap(node -> gap(model, operator, node, mixed).stream())
        .findFirst();
  }

  private static Optional<String> gap(
      ModelNodes model, Operator operator, ModelNode node, boolean mixed) {
    String why = null;
    if (mixed && !allFloat32(model, node)) {
      why = "may compute in another type than float32";
    } else if (Operators.isConvolution(operator)) {
      why = gapOfWindow(node);
    } else if (!node.texts().getOrDefault("approximate", "none").equals("none")) {
      why = "approximates by " + node.texts().get("approximate");
    }
    return Optional.ofNullable(why).map(w -> "%s '%s' %s".formatted(node.type(), node.name(), w));
  }

  private static @Nullable String gapOfWindow(ModelNode node) {
    if (!Set.of("", "NOTSET").contains(node.texts().getOrDefault("auto_pad", ""))) {
      return "pads by auto_pad=" + node.texts().get("auto_pad");
    }
    return axes(node) == 2 ? null : "is not known to be over height and width";
  }

  /** Whether it is said of all inputs. */
  private static boolean allFloat32(ModelNodes model, ModelNode node) {
    return node.inputs().stream()
        .filter(name -> !name.isEmpty())
        .allMatch(name -> model.declared().getOrDefault(name, 0) == FLOAT32);
  }

  /** How many axes the window has; 0 if the node does not say so. */
  private static int axes(ModelNode node) {
    for (String name : List.of("kernel_shape", "strides", "dilations")) {
      if (node.lists().containsKey(name)) {
        return node.lists().get(name).size();
      }
    }
    return node.lists().getOrDefault("pads", List.of()).size() / 2;
  }
}
