package io.github.nolabel.onnx;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.graph.Attributes;
import io.github.nolabel.graph.Node;
import io.github.nolabel.graph.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** The ONNX graph in the making, as lowerings see it. Values are known by their names. */
public final class OnnxNodes {

  /** Operators whose unused results cost time or memory and may be left out. */
  private static final Set<String> OPTIONAL_RESULTS =
      Set.of("ConvGrad", "MaxPool", "LayerNormalization");

  private final ProtoGraph graph;
  private final Set<Value> used;

  /**
   * @param used every value that a node, an output or a state write needs
   */
  OnnxNodes(ProtoGraph graph, Set<Value> used) {
    this.graph = graph;
    this.used = used;
  }

  /** Appends a node of the standard domain. */
  public void node(String op, List<String> inputs, List<String> outputs, Attributes attributes) {
    graph.node(op, inputs, outputs, attributes);
  }

  /** Appends a node of another domain, such as {@code com.microsoft}. */
  public void node(
      String domain, String op, List<String> inputs, List<String> outputs, Attributes attributes) {
    graph.node(domain, op, inputs, outputs, attributes);
  }

  public List<String> inputs(Node node) {
    return node.inputs().stream().map(Value::name).toList();
  }

  /** The node's results; those that nobody needs may be empty. */
  public List<String> outputs(Node node) {
    boolean optional = OPTIONAL_RESULTS.contains(node.op());
    List<String> names = new ArrayList<>();
    node.outputs().forEach(o -> names.add(optional && !used.contains(o) ? "" : o.name()));
    while (names.get(names.size() - 1).isEmpty()) {
      names.remove(names.size() - 1);
    }
    return Collections.unmodifiableList(names);
  }

  /** A float[] constant. */
  public String number(double value) {
    return graph.number(value);
  }

  /** An int64[] constant. */
  public String integer(long value) {
    return graph.integer(value);
  }

  /** An int64[n] constant. */
  public String integers(List<Long> values) {
    return graph.integers(values);
  }

  /** A constant under a name of its own. */
  public String constant(String name, Tensor values) {
    return graph.initializer(name, values);
  }

  /** A fresh name for a value between two nodes of one lowering. */
  public String intermediate(String of, String what) {
    return graph.intermediate(of, what);
  }

  /** The shape of {@code like} as int64: a constant where it is known. */
  public String shapeOf(Value like, Value result) {
    if (like.shape().isFixed()) {
      return integers(like.shape().dims().stream().map(d -> d.extent()).toList());
    }
    String shape = intermediate(result.name(), "shape");
    node("Shape", List.of(like.name()), List.of(shape), Attributes.NONE);
    return shape;
  }

  /** One extent of a value as int64[1]: a constant where it is known. */
  public String extentOf(Value value, int axis, String prefix) {
    if (value.shape().dim(axis).isFixed()) {
      return integers(List.of(value.shape().extent(axis)));
    }
    String extent = intermediate(prefix, "extent");
    Attributes range = Attributes.of("start", axis).with("end", axis + 1);
    node("Shape", List.of(value.name()), List.of(extent), range);
    return extent;
  }
}
