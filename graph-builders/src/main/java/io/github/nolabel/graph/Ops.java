package io.github.nolabel.graph;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import java.util.List;
import java.util.Set;

/**
 * The operators a graph may contain, one family per interface. Every method appends at most one
 * node (or a short composition of them) and infers its shape.
 */
public final class Ops
    implements ElementwiseOps,
        LogicOps,
        LinearOps,
        ReductionOps,
        ShapeOps,
        IndexingOps,
        NormalisationOps,
        ConvolutionOps,
        RandomOps {

  /** Operators that change state when they run: two applications are never one. */
  static final Set<String> STATEFUL = Set.of("BatchNormInternal");

  private final GraphBuilder graph;
  private final String path;

  Ops(GraphBuilder graph, String path) {
    this.graph = graph;
    this.path = path;
  }

  @Override
  public List<Value> emit(
      String op, List<Value> operands, List<Output> results, Attributes attributes) {
    return graph.append(path, op, operands, results, attributes);
  }

  /** One result of an operator; {@code label} tells further results of one node apart. */
  public record Output(String label, ElementType type, Shape shape) {}
}
