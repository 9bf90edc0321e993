package io.github.nolabel.runtime.kernels.formula;

import io.github.nolabel.runtime.kernels.model.GraphProto;
import io.github.nolabel.runtime.kernels.model.NodeLinks;
import io.github.nolabel.runtime.kernels.model.NodeProto;
import io.github.nolabel.runtime.kernels.model.OperatorSets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes the sum of a tensor's squares, of which the length of the gradients is made, in one node:
 * {@code ReduceSum(Mul(x, x))} writes the squares and reads them again. An optimizer that has use
 * for the squares itself finds them in its formula.
 */
public final class SquareSums {

  private SquareSums() {}

  /** The same model where there are none. */
  public static byte[] rewritten(byte[] model) {
    GraphProto graph = GraphProto.of(model);
    Map<NodeProto, NodeProto> sums = graph.hasInnerGraphs() ? Map.of() : sums(graph);
    if (sums.isEmpty()) {
      return model;
    }
    NodeLinks links = new NodeLinks(graph.nodes(), graph.results());
    List<NodeProto> written = new ArrayList<>();
    for (NodeProto node : graph.nodes()) {
      NodeProto squares = sums.get(node);
      if (squares != null) {
        List<String> read = squares.inputs().subList(0, 1);
        written.add(node.as(SquareSumKernel.OPERATOR, read, node.outputs()));
      } else if (!sums.containsValue(node) || isReadByOthers(node, links, sums)) {
        written.add(node);
      }
    }
    return OperatorSets.named(graph.with(written), FormulaKernel.DOMAIN);
  }

  private static boolean isReadByOthers(
      NodeProto squares, NodeLinks links, Map<NodeProto, NodeProto> sums) {
    String result = squares.outputs().get(0);
    return links.isResult(result) || !sums.keySet().containsAll(links.readers(result));
  }

  /** From the nodes that add up to those that square. */
  private static Map<NodeProto, NodeProto> sums(GraphProto graph) {
    Set<String> numbers = numbers(graph);
    Map<String, NodeProto> squares = new HashMap<>();
    Map<NodeProto, NodeProto> sums = new LinkedHashMap<>();
    for (NodeProto node : graph.nodes()) {
      if (isSquare(node)) {
        squares.put(node.outputs().get(0), node);
      }
      NodeProto squared = node.is("", "ReduceSum") ? squares.get(node.inputs().get(0)) : null;
      if (squared != null && numbers.contains(node.outputs().get(0))) {
        sums.put(node, squared);
      }
    }
    return sums;
  }

  private static boolean isSquare(NodeProto node) {
    return node.is("", "Mul") && node.inputs().get(0).equals(node.inputs().get(1));
  }

  /** What is known to be one number without axes: results, and what they alone are made of. */
  private static Set<String> numbers(GraphProto graph) {
    Set<String> numbers = new HashSet<>(graph.numbers());
    List<NodeProto> nodes = graph.nodes();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      NodeProto node = nodes.get(i);
      boolean each = node.is("", "Identity") || Operation.of(node).isPresent();
      if (each && numbers.contains(node.outputs().get(0))) {
        numbers.addAll(node.inputs());
      }
    }
    return numbers;
  }
}
