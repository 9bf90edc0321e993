package io.github.nolabel.onnx;

import static io.github.nolabel.onnx.Opset.RUNTIME_DOMAIN;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.graph.Attributes;
import io.github.nolabel.graph.Node;
import io.github.nolabel.graph.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes our nodes as ONNX nodes: attributes become constant inputs where ONNX wants them so. */
final class NodeLowering {

  /** Operators of the runtime, by our name and theirs. */
  private static final Map<String, String> RUNTIME_OPS =
      Map.of(
          "BatchNormInternal", "BatchNormInternal",
          "BatchNormalizationGrad", "BatchNormalizationGrad",
          "LayerNormalizationGrad", "LayerNormalizationGrad",
          "ConvGrad", "ConvGrad",
          "GeluGrad", "GeluGrad",
          "ReluGrad", "ReluGrad",
          "SoftmaxGrad", "SoftmaxGrad_13",
          "LogSoftmaxGrad", "LogSoftmaxGrad_13");

  /** Attributes that ONNX takes as a trailing int64 input, by operator. */
  private static final Map<String, String> LIST_INPUT =
      Map.ofEntries(
          Map.entry("ReduceSum", "axes"),
          Map.entry("ReduceMean", "axes"),
          Map.entry("ReduceMax", "axes"),
          Map.entry("ReduceMin", "axes"),
          Map.entry("ReduceLogSumExp", "axes"),
          Map.entry("Squeeze", "axes"),
          Map.entry("Unsqueeze", "axes"),
          Map.entry("Reshape", "shape"),
          Map.entry("Split", "split"),
          Map.entry("Tile", "repeats"),
          Map.entry("Pad", "pads"));

  /** Operators whose unused results cost time or memory and may be left out. */
  private static final Set<String> OPTIONAL_RESULTS =
      Set.of("ConvGrad", "MaxPool", "LayerNormalization");

  private final ProtoGraph graph;
  private final Set<Value> used;

  /**
   * @param used every value that a node, an output or a state write needs
   */
  NodeLowering(ProtoGraph graph, Set<Value> used) {
    this.graph = graph;
    this.used = used;
  }

  void lower(Node node) {
    switch (node.op()) {
      case "Constant" -> constant(node);
      case "Detach" -> graph.node("Identity", inputs(node), outputs(node), Attributes.NONE);
      case "Pow" -> plus(node, graph.number(node.attributes().number("exponent")));
      case "Clip" -> clip(node);
      case "Slice" -> slice(node);
      case "ZerosLike" -> zerosLike(node);
      case "ExpandLike" -> expandLike(node);
      case "SplitLike" -> splitLike(node);
      case "ElementCount" -> elementCount(node);
      case "RowNumbers" -> rowNumbers(node);
      case "Numbers" -> range(node, graph.integer(node.attributes().integer("count")));
      default -> direct(node);
    }
  }

  private void direct(Node node) {
    String list = LIST_INPUT.get(node.op());
    String runtimeOp = RUNTIME_OPS.get(node.op());
    if (list != null) {
      List<String> inputs = new ArrayList<>(inputs(node));
      inputs.add(graph.integers(node.attributes().integers(list)));
      graph.node(node.op(), inputs, outputs(node), without(node.attributes(), list));
    } else if (runtimeOp != null) {
      graph.node(RUNTIME_DOMAIN, runtimeOp, inputs(node), outputs(node), node.attributes());
    } else {
      graph.node(node.op(), inputs(node), outputs(node), node.attributes());
    }
  }

  private void constant(Node node) {
    graph.initializer(node.output().name(), tensor(node.attributes().value("value")));
  }

  private static Tensor tensor(Object value) {
    if (value instanceof Tensor tensor) {
      return tensor;
    }
    return value instanceof Long integer
        ? Tensor.of(new long[] {integer})
        : Tensor.scalar((Double) value);
  }

  private void plus(Node node, String... constants) {
    List<String> inputs = new ArrayList<>(inputs(node));
    inputs.addAll(Arrays.asList(constants));
    graph.node(node.op(), inputs, outputs(node), Attributes.NONE);
  }

  private void clip(Node node) {
    Attributes bounds = node.attributes();
    plus(node, graph.number(bounds.number("min")), graph.number(bounds.number("max")));
  }

  private void slice(Node node) {
    Attributes range = node.attributes();
    plus(
        node,
        graph.integers(List.of(range.integer("start"))),
        graph.integers(List.of(range.integer("end"))),
        graph.integers(List.of(range.integer("axis"))),
        graph.integers(List.of(range.integer("step"))));
  }

  private void zerosLike(Node node) {
    Attributes zero = Attributes.of("value", ProtoGraph.zero(node.output().type()));
    String shape = shapeOf(node.input(0), node.output());
    graph.node("ConstantOfShape", List.of(shape), outputs(node), zero);
  }

  private void expandLike(Node node) {
    String shape = shapeOf(node.input(1), node.output());
    List<String> inputs = List.of(node.input(0).name(), shape);
    graph.node("Expand", inputs, outputs(node), Attributes.NONE);
  }

  private void splitLike(Node node) {
    int axis = (int) node.attributes().integer("axis");
    String name = node.output().name();
    List<String> extents = new ArrayList<>();
    for (Value part : node.inputs().subList(1, node.inputs().size())) {
      extents.add(extentOf(part, axis, graph.intermediate(name, "part_" + extents.size())));
    }
    String sizes = graph.intermediate(name, "sizes");
    graph.node("Concat", extents, List.of(sizes), Attributes.of("axis", 0L));
    graph.node(
        "Split", List.of(node.input(0).name(), sizes), outputs(node), Attributes.of("axis", axis));
  }

  private void elementCount(Node node) {
    String size = graph.intermediate(node.output().name(), "size");
    graph.node("Size", inputs(node), List.of(size), Attributes.NONE);
    Attributes toFloat = Attributes.of("to", ElementType.FLOAT.onnxCode());
    graph.node("Cast", List.of(size), outputs(node), toFloat);
  }

  private void rowNumbers(Node node) {
    String name = node.output().name();
    String rows = graph.intermediate(name, "rows");
    String count = extentOf(node.input(0), 0, name);
    graph.node("Squeeze", List.of(count), List.of(rows), Attributes.NONE);
    range(node, rows);
  }

  private void range(Node node, String end) {
    List<String> bounds = List.of(graph.integer(0), end, graph.integer(1));
    graph.node("Range", bounds, outputs(node), Attributes.NONE);
  }

  /** The shape of {@code like} as int64: a constant where it is known. */
  private String shapeOf(Value like, Value result) {
    if (like.shape().isFixed()) {
      return graph.integers(like.shape().dims().stream().map(d -> d.extent()).toList());
    }
    String shape = graph.intermediate(result.name(), "shape");
    graph.node("Shape", List.of(like.name()), List.of(shape), Attributes.NONE);
    return shape;
  }

  private String extentOf(Value value, int axis, String prefix) {
    if (value.shape().dim(axis).isFixed()) {
      return graph.integers(List.of(value.shape().extent(axis)));
    }
    String extent = graph.intermediate(prefix, "extent");
    Attributes range = Attributes.of("start", axis).with("end", axis + 1);
    graph.node("Shape", List.of(value.name()), List.of(extent), range);
    return extent;
  }

  private List<String> inputs(Node node) {
    return node.inputs().stream().map(Value::name).toList();
  }

  private List<String> outputs(Node node) {
    boolean optional = OPTIONAL_RESULTS.contains(node.op());
    List<String> names = new ArrayList<>();
    node.outputs().forEach(o -> names.add(optional && !used.contains(o) ? "" : o.name()));
    while (names.get(names.size() - 1).isEmpty()) {
      names.remove(names.size() - 1);
    }
    return Collections.unmodifiableList(names);
  }

  private static Attributes without(Attributes attributes, String name) {
    var rest = new java.util.TreeMap<>(attributes.values());
    rest.remove(name);
    return new Attributes(rest);
  }
}
