package io.github.nolabel.onnx;

import static io.github.nolabel.onnx.Opset.RUNTIME_DOMAIN;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.graph.Attributes;
import io.github.nolabel.graph.Node;
import io.github.nolabel.graph.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** The rows this library ships: attributes become constant inputs where ONNX wants them so. */
final class StandardLowerings {

  /** ONNX has the operator with the same inputs and attributes. */
  static final Lowering AS_IT_IS =
      (node, onnx) ->
          onnx.node(node.op(), onnx.inputs(node), onnx.outputs(node), node.attributes());

  private StandardLowerings() {}

  static void addTo(LoweringTable.Builder table) {
    lists(table);
    runtimeOps(table);
    table
        .put("Constant", StandardLowerings::constant)
        .put("Detach", as("Identity"))
        .put(
            "Pow", plus((node, onnx) -> List.of(onnx.number(node.attributes().number("exponent")))))
        .put("Clip", plus(StandardLowerings::bounds))
        .put("Slice", plus(StandardLowerings::range))
        .put("TopK", StandardLowerings::topK)
        .put("ZerosLike", StandardLowerings::zerosLike)
        .put("ExpandLike", StandardLowerings::expandLike)
        .put("SplitLike", StandardLowerings::splitLike)
        .put("ElementCount", StandardLowerings::elementCount)
        .put("RowNumbers", StandardLowerings::rowNumbers)
        .put(
            "Numbers",
            (node, onnx) -> count(node, onnx, onnx.integer(node.attributes().integer("count"))));
  }

  /** Attributes that ONNX takes as a trailing int64 input. */
  private static void lists(LoweringTable.Builder table) {
    for (String op :
        List.of(
            "ReduceSum",
            "ReduceMean",
            "ReduceMax",
            "ReduceMin",
            "ReduceLogSumExp",
            "Squeeze",
            "Unsqueeze")) {
      table.put(op, listInput("axes"));
    }
    table
        .put("Reshape", listInput("shape"))
        .put("Split", listInput("split"))
        .put("Tile", listInput("repeats"))
        .put("Pad", listInput("pads"));
  }

  /** Operators of the runtime. */
  private static void runtimeOps(LoweringTable.Builder table) {
    for (String op :
        List.of(
            "BatchNormInternal",
            "BatchNormalizationGrad",
            "LayerNormalizationGrad",
            "ConvGrad",
            "GeluGrad",
            "ReluGrad")) {
      table.put(op, ofRuntime(op));
    }
    table
        .put("SoftmaxGrad", ofRuntime("SoftmaxGrad_13"))
        .put("LogSoftmaxGrad", ofRuntime("LogSoftmaxGrad_13"));
  }

  private static Lowering as(String op) {
    return (node, onnx) -> onnx.node(op, onnx.inputs(node), onnx.outputs(node), Attributes.NONE);
  }

  private static Lowering ofRuntime(String op) {
    return (node, onnx) ->
        onnx.node(RUNTIME_DOMAIN, op, onnx.inputs(node), onnx.outputs(node), node.attributes());
  }

  private static Lowering listInput(String attribute) {
    return (node, onnx) -> {
      List<String> inputs = new ArrayList<>(onnx.inputs(node));
      inputs.add(onnx.integers(node.attributes().integers(attribute)));
      onnx.node(node.op(), inputs, onnx.outputs(node), without(node.attributes(), attribute));
    };
  }

  private static Lowering plus(BiFunction<Node, OnnxNodes, List<String>> constants) {
    return (node, onnx) -> {
      List<String> inputs = new ArrayList<>(onnx.inputs(node));
      inputs.addAll(constants.apply(node, onnx));
      onnx.node(node.op(), inputs, onnx.outputs(node), Attributes.NONE);
    };
  }

  private static List<String> bounds(Node node, OnnxNodes onnx) {
    Attributes bounds = node.attributes();
    return List.of(onnx.number(bounds.number("min")), onnx.number(bounds.number("max")));
  }

  private static List<String> range(Node node, OnnxNodes onnx) {
    Attributes range = node.attributes();
    return Arrays.stream(new String[] {"start", "end", "axis", "step"})
        .map(name -> onnx.integers(List.of(range.integer(name))))
        .toList();
  }

  private static void topK(Node node, OnnxNodes onnx) {
    long k = node.attributes().integer("k");
    int axis = (int) node.attributes().integer("axis");
    List<String> inputs = new ArrayList<>(onnx.inputs(node));
    inputs.add(
        k > 0
            ? onnx.integers(List.of(k))
            : onnx.extentOf(node.input(0), axis, node.outputs().get(0).name()));
    Attributes descending =
        without(node.attributes(), "k").with("largest", true).with("sorted", true);
    onnx.node("TopK", inputs, onnx.outputs(node), descending);
  }

  private static void constant(Node node, OnnxNodes onnx) {
    onnx.constant(node.output().name(), tensor(node.attributes().value("value")));
  }

  private static Tensor tensor(Object value) {
    if (value instanceof Tensor tensor) {
      return tensor;
    }
    return value instanceof Long integer
        ? Tensor.of(new long[] {integer})
        : Tensor.scalar((Double) value);
  }

  private static void zerosLike(Node node, OnnxNodes onnx) {
    Attributes zero = Attributes.of("value", ProtoGraph.zero(node.output().type()));
    String shape = onnx.shapeOf(node.input(0), node.output());
    onnx.node("ConstantOfShape", List.of(shape), onnx.outputs(node), zero);
  }

  private static void expandLike(Node node, OnnxNodes onnx) {
    String shape = onnx.shapeOf(node.input(1), node.output());
    List<String> inputs = List.of(node.input(0).name(), shape);
    onnx.node("Expand", inputs, onnx.outputs(node), Attributes.NONE);
  }

  private static void splitLike(Node node, OnnxNodes onnx) {
    int axis = (int) node.attributes().integer("axis");
    String name = node.output().name();
    List<String> extents = new ArrayList<>();
    for (Value part : node.inputs().subList(1, node.inputs().size())) {
      extents.add(onnx.extentOf(part, axis, onnx.intermediate(name, "part_" + extents.size())));
    }
    String sizes = onnx.intermediate(name, "sizes");
    onnx.node("Concat", extents, List.of(sizes), Attributes.of("axis", 0L));
    List<String> inputs = List.of(node.input(0).name(), sizes);
    onnx.node("Split", inputs, onnx.outputs(node), Attributes.of("axis", axis));
  }

  private static void elementCount(Node node, OnnxNodes onnx) {
    String size = onnx.intermediate(node.output().name(), "size");
    onnx.node("Size", onnx.inputs(node), List.of(size), Attributes.NONE);
    Attributes toFloat = Attributes.of("to", ElementType.FLOAT.onnxCode());
    onnx.node("Cast", List.of(size), onnx.outputs(node), toFloat);
  }

  private static void rowNumbers(Node node, OnnxNodes onnx) {
    String name = node.output().name();
    String rows = onnx.intermediate(name, "rows");
    String count = onnx.extentOf(node.input(0), 0, name);
    onnx.node("Squeeze", List.of(count), List.of(rows), Attributes.NONE);
    count(node, onnx, rows);
  }

  private static void count(Node node, OnnxNodes onnx, String end) {
    List<String> bounds = List.of(onnx.integer(0), end, onnx.integer(1));
    onnx.node("Range", bounds, onnx.outputs(node), Attributes.NONE);
  }

  private static Attributes without(Attributes attributes, String name) {
    TreeMap<String, Object> rest = new TreeMap<>(attributes.values());
    rest.remove(name);
    return new Attributes(rest);
  }
}
