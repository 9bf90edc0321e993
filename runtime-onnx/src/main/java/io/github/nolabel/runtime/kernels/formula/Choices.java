package io.github.nolabel.runtime.kernels.formula;

import io.github.nolabel.runtime.kernels.model.AttributeProto;
import io.github.nolabel.runtime.kernels.model.GraphProto;
import io.github.nolabel.runtime.kernels.model.NodeProto;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The operator that takes one of two tensors, where one flag says so for all positions. A formula
 * reads the flag as a number, of which there is one for all formulas.
 */
final class Choices {

  private static final String SUFFIX = "/number";

  /** ONNX's code of float32. */
  private static final long FLOAT32 = 1;

  private final Set<String> flags;

  private Choices(Set<String> flags) {
    this.flags = flags;
  }

  static Choices of(GraphProto graph) {
    return new Choices(graph.flags());
  }

  /** Whether the node takes one of two tensors as a whole. */
  boolean isByFlag(NodeProto node) {
    return is(node) && flags.contains(node.inputs().get(0));
  }

  static boolean is(NodeProto node) {
    return node.is("", "Where");
  }

  /** What a formula reads in the place of the node. */
  static List<String> read(NodeProto node) {
    if (!is(node)) {
      return node.inputs();
    }
    List<String> read = new ArrayList<>(node.inputs());
    read.set(0, read.get(0) + SUFFIX);
    return read;
  }

  /** The nodes with numbers for those flags which formulas read, before all others. */
  List<NodeProto> numbered(List<NodeProto> nodes) {
    Set<String> read = new LinkedHashSet<>();
    nodes.forEach(node -> read.addAll(node.inputs()));
    List<NodeProto> all = new ArrayList<>();
    flags.stream()
        .sorted()
        .filter(flag -> read.contains(flag + SUFFIX))
        .forEach(f -> all.add(number(f)));
    all.addAll(nodes);
    return all;
  }

  private static NodeProto number(String flag) {
    return new NodeProto(
        "",
        "Cast",
        flag + SUFFIX,
        List.of(flag),
        List.of(flag + SUFFIX),
        List.of(AttributeProto.whole("to", FLOAT32)));
  }
}
