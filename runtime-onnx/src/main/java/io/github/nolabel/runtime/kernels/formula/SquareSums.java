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
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes the sum of all squares of some tensors, of which the length of the gradients is made, in
 * one node: {@code Add(ReduceSum(Mul(x, x)), ReduceSum(Mul(y, y)))} writes squares and reads them
 * again, and has three nodes for each tensor. An optimizer that has use for the squares itself
 * finds them in its formula.
 */
public final class SquareSums {

  private final GraphProto graph;
  private final NodeLinks links;

  /** Nodes that square, by what they write. */
  private final Map<String, NodeProto> squares = new HashMap<>();

  /** By what they are written to. */
  private final Map<String, Sum> sums = new LinkedHashMap<>();

  private SquareSums(GraphProto graph) {
    this.graph = graph;
    this.links = new NodeLinks(graph.nodes(), graph.results());
  }

  /**
   * A sum of squares.
   *
   * @param tensors that are squared
   * @param nodes that add up, the last of which has it
   */
  private record Sum(List<String> tensors, List<NodeProto> nodes) {

    static Sum of(NodeProto square, NodeProto sum) {
      return new Sum(square.inputs().subList(0, 1), List.of(sum));
    }

    Sum and(Sum next, NodeProto addition) {
      return new Sum(
          Stream.of(tensors, next.tensors).flatMap(List::stream).toList(),
          Stream.of(nodes, next.nodes, List.of(addition)).flatMap(List::stream).toList());
    }

    boolean isOfOne() {
      return tensors.size() == 1;
    }

    NodeProto last() {
      return nodes.get(nodes.size() - 1);
    }
  }

  /** The same model where there are none. */
  public static byte[] rewritten(byte[] model) {
    GraphProto graph = GraphProto.of(model);
    if (graph.hasInnerGraphs()) {
      return model;
    }
    SquareSums found = new SquareSums(graph);
    found.find();
    return found.sums.isEmpty()
        ? model
        : OperatorSets.named(graph.with(found.written()), FormulaKernel.DOMAIN);
  }

  private void find() {
    Set<String> numbers = numbers(graph);
    for (NodeProto node : graph.nodes()) {
      if (isSquare(node)) {
        squares.put(node.outputs().get(0), node);
      }
      if (node.is("", "ReduceSum") && numbers.contains(node.outputs().get(0))) {
        NodeProto square = squares.get(node.inputs().get(0));
        if (square != null) {
          sums.put(node.outputs().get(0), Sum.of(square, node));
        }
      }
      if (node.is("", "Add")) {
        join(node);
      }
    }
  }

  /** Goes on with the sum before it: tensors are added in the same order. */
  private void join(NodeProto addition) {
    Sum before = free(addition.inputs().get(0));
    Sum next = free(addition.inputs().get(1));
    if (before != null && next != null && next.isOfOne()) {
      sums.keySet().removeAll(addition.inputs());
      sums.put(addition.outputs().get(0), before.and(next, addition));
    }
  }

  /** One that only an addition reads, and whose tensors need not be kept for it. */
  private @Nullable Sum free(String name) {
    Sum sum = sums.get(name);
    return sum != null
            && links.onlyReader(name, "Add").isPresent()
            && sum.tensors().stream().allMatch(this::mayWait)
        ? sum
        : null;
  }

  /**
   * Whether it may wait for all others: somebody else reads it, and whoever makes it makes more
   * besides, as a convolution's gradient does. ONNX Runtime would put off a product that makes
   * nothing else, and keep what it multiplies meanwhile.
   */
  private boolean mayWait(String tensor) {
    Optional<NodeProto> maker = links.maker(tensor);
    return maker.isEmpty()
        || (maker.get().outputs().size() > 1
            && !links.readers(tensor).stream().allMatch(SquareSums::isSquare));
  }

  private List<NodeProto> written() {
    Map<NodeProto, Sum> last = new HashMap<>();
    Set<NodeProto> gone = new HashSet<>();
    for (Sum sum : sums.values()) {
      last.put(sum.last(), sum);
      gone.addAll(sum.nodes());
    }
    squares.values().stream().filter(square -> isReadBy(gone, square)).forEach(gone::add);
    List<NodeProto> written = new ArrayList<>();
    for (NodeProto node : graph.nodes()) {
      Sum sum = last.get(node);
      if (sum != null) {
        written.add(node.as(SquareSumKernel.OPERATOR, sum.tensors(), node.outputs()));
      } else if (!gone.contains(node)) {
        written.add(node);
      }
    }
    return written;
  }

  /** Whether nobody else reads it. */
  private boolean isReadBy(Set<NodeProto> nodes, NodeProto square) {
    String result = square.outputs().get(0);
    return !links.isResult(result) && nodes.containsAll(links.readers(result));
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
