package io.github.nolabel.joint;

import io.github.nolabel.api.Shape;
import io.github.nolabel.graph.Node;
import io.github.nolabel.graph.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One rule per operator: what lets every image pass by itself. Operators without a rule, such as a
 * plug-in's, count as looking across the batch, which is never wrong.
 */
final class RowRules {

  private static final RowRule TOGETHER = (node, output, rows) -> Optional.empty();
  private static final Map<String, RowRule> RULES = new HashMap<>();

  static {
    put(
        RowRules::elementwise,
        ("Add Sub Mul Div Mod Min Max Pow Neg Exp Log Sqrt Reciprocal Abs Sign Sin Cos Erf Relu"
                + " Sigmoid Tanh Softplus Gelu Clip Detach ZerosLike Cast Not IsNaN IsInf Equal"
                + " Less Greater And Or Where ExpandLike")
            .split(" "));
    put(
        RowRules::alongAnotherAxis,
        "Softmax",
        "LogSoftmax",
        "TopK",
        "GatherElements",
        "ScatterElements",
        "Slice",
        "Split");
    put(
        RowRules::reduction,
        "ReduceSum",
        "ReduceMean",
        "ReduceMax",
        "ReduceMin",
        "ReduceLogSumExp");
    put(
        (node, output, rows) ->
            first(node, rows).flatMap(r -> r.reshaped(shape(node), output.shape())),
        "Reshape",
        "Squeeze",
        "Unsqueeze");
    put((node, output, rows) -> first(node, rows).flatMap(r -> r.in(output.shape())), "Transpose");
    put(RowRules::images, "Conv", "MaxPool", "BatchNormInternal", "BatchNormalization");
    put(RowRules::layerNorm, "LayerNormalization");
    put(RowRules::matMul, "MatMul");
    put(RowRules::gemm, "Gemm");
    put(RowRules::concat, "Concat");
    put(RowRules::splitLike, "SplitLike");
    put(RowRules::pad, "Pad");
    put(RowRules::tile, "Tile");
    put(RowRules::gather, "Gather");
    put(RowRules::rowNumbers, "RowNumbers");
  }

  private RowRules() {}

  private static void put(RowRule rule, String... ops) {
    Stream.of(ops).forEach(op -> RULES.put(op, rule));
  }

  static RowRule of(String op) {
    return RULES.getOrDefault(op, TOGETHER);
  }

  /** The operators that let images pass one by one. */
  static Set<String> ops() {
    return Set.copyOf(RULES.keySet());
  }

  private static Shape shape(Node node) {
    return node.input(0).shape();
  }

  /** Of the first input, where all others are the same for every image. */
  private static Optional<Rows> first(Node node, Map<Value, Rows> rows) {
    List<Value> others = node.inputs().subList(1, node.inputs().size());
    return others.stream().anyMatch(rows::containsKey)
        ? Optional.empty()
        : Optional.ofNullable(rows.get(node.input(0)));
  }

  /** Broadcast from the right: images must lie in the same place of all inputs that have any. */
  private static Optional<Rows> elementwise(Node node, Value output, Map<Value, Rows> rows) {
    Rows any = rows.values().iterator().next();
    Optional<Rows> result = any.in(output.shape());
    return result.filter(
        r -> rows.entrySet().stream().allMatch(x -> agrees(x.getKey(), x.getValue(), output, r)));
  }

  private static boolean agrees(Value input, Rows there, Value output, Rows here) {
    return there.fromEnd(input.shape()) == here.fromEnd(output.shape())
        && there.blocks() == here.blocks()
        && there.inner() == here.inner();
  }

  private static Optional<Rows> alongAnotherAxis(Node node, Value output, Map<Value, Rows> rows) {
    long axis = node.attributes().integer("axis");
    return elementwise(node, output, rows).filter(r -> r.axis() != axis);
  }

  private static Optional<Rows> reduction(Node node, Value output, Map<Value, Rows> rows) {
    List<Long> axes = node.attributes().integers("axes");
    return first(node, rows)
        .filter(r -> !axes.contains((long) r.axis()))
        .flatMap(r -> r.in(output.shape()));
  }

  /** Batch normalisation counts: it sees what passes through the network at once. */
  private static Optional<Rows> images(Node node, Value output, Map<Value, Rows> rows) {
    return first(node, rows).filter(r -> r.axis() == 0).flatMap(r -> r.in(output.shape()));
  }

  private static Optional<Rows> layerNorm(Node node, Value output, Map<Value, Rows> rows) {
    return first(node, rows)
        .filter(r -> r.axis() < shape(node).rank() - 1)
        .flatMap(r -> r.in(output.shape()));
  }

  /** No sum over images; where both factors have some, they are leading axes of both. */
  private static Optional<Rows> matMul(Node node, Value output, Map<Value, Rows> rows) {
    if (rows.size() == 2) {
      boolean leading = rows.entrySet().stream().allMatch(x -> isLeading(x.getKey(), x.getValue()));
      return leading ? elementwise(node, output, rows) : Optional.empty();
    }
    Map.Entry<Value, Rows> only = rows.entrySet().iterator().next();
    int summed = only.getKey().equals(node.input(0)) ? 1 : 2;
    return only.getValue().fromEnd(only.getKey().shape()) == summed
        ? Optional.empty()
        : only.getValue().in(output.shape());
  }

  private static boolean isLeading(Value factor, Rows rows) {
    return rows.fromEnd(factor.shape()) > 2;
  }

  private static Optional<Rows> gemm(Node node, Value output, Map<Value, Rows> rows) {
    boolean summedFirst = node.attributes().flag("transA");
    return first(node, rows)
        .filter(r -> (r.axis() == 0) != summedFirst)
        .flatMap(r -> r.in(output.shape()));
  }

  private static Optional<Rows> concat(Node node, Value output, Map<Value, Rows> rows) {
    int axis = (int) node.attributes().integer("axis");
    Rows any = rows.values().iterator().next();
    if (any.axis() != axis) {
      return alongAnotherAxis(node, output, rows);
    }
    List<Rows> parts = node.inputs().stream().map(rows::get).filter(Objects::nonNull).toList();
    boolean alike = parts.stream().allMatch(part -> part.inner() == any.inner());
    long blocks = parts.stream().mapToLong(Rows::blocks).sum();
    return alike && parts.size() == node.inputs().size()
        ? new Rows(axis, blocks, any.inner()).in(output.shape())
        : Optional.empty();
  }

  /** The parts' extents are those of the other inputs, whose contents do not matter. */
  private static Optional<Rows> splitLike(Node node, Value output, Map<Value, Rows> rows) {
    Rows whole = rows.get(node.input(0));
    long axis = node.attributes().integer("axis");
    if (whole == null || whole.axis() != axis) {
      return Optional.ofNullable(whole).flatMap(r -> r.in(output.shape()));
    }
    Rows like = rows.get(node.input(1 + node.outputs().indexOf(output)));
    return like == null || like.inner() != whole.inner() || like.axis() != axis
        ? Optional.empty()
        : new Rows(whole.axis(), like.blocks(), like.inner()).in(output.shape());
  }

  private static Optional<Rows> pad(Node node, Value output, Map<Value, Rows> rows) {
    return first(node, rows).flatMap(r -> r.in(output.shape()));
  }

  private static Optional<Rows> tile(Node node, Value output, Map<Value, Rows> rows) {
    List<Long> repeats = node.attributes().integers("repeats");
    return first(node, rows)
        .map(r -> new Rows(r.axis(), r.blocks() * repeats.get(r.axis()), r.inner()))
        .flatMap(r -> r.in(output.shape()));
  }

  /** Every image looks something up in a table that all share. */
  private static Optional<Rows> gather(Node node, Value output, Map<Value, Rows> rows) {
    Rows indices = rows.get(node.input(1));
    return rows.containsKey(node.input(0)) || indices == null
        ? Optional.empty()
        : indices.in(output.shape());
  }

  private static Optional<Rows> rowNumbers(Node node, Value output, Map<Value, Rows> rows) {
    return first(node, rows).filter(r -> r.axis() == 0).flatMap(r -> r.in(output.shape()));
  }
}
