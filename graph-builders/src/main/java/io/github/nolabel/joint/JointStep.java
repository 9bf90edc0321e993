package io.github.nolabel.joint;

import io.github.nolabel.api.Dim;
import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.train.JointPart;
import io.github.nolabel.api.train.JointRowNumbers;
import io.github.nolabel.api.train.JointRows;
import io.github.nolabel.api.train.Sharing;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.autodiff.ReverseMode;
import io.github.nolabel.graph.Attributes;
import io.github.nolabel.graph.Graph;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Initializer;
import io.github.nolabel.graph.Node;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Parameter;
import io.github.nolabel.graph.Value;
import io.github.nolabel.precision.GuardedStatistics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A step, cut where images first meet: the same forward pass as four graphs, see {@link JointPart}.
 * The gradient of the networks' weights {@code w} through the cut values {@code z} is that of the
 * scalar {@code sum(z * dL/dz)}, with {@code dL/dz} held fixed.
 */
public final class JointStep {

  private static final String NUMBERS = "row_numbers/%d/%d";

  private final GraphBuilder whole;
  private final Value loss;
  private final Map<String, Value> monitors;
  private final BatchCut cut;
  private final ReverseMode backward;
  private final Map<String, JointRowNumbers> rowNumbers = new LinkedHashMap<>();
  private final Map<Value, Value> cotangents = new LinkedHashMap<>();

  /**
   * @param whole the forward pass of a step
   * @param monitors what is reported beside the loss, by name
   */
  public JointStep(
      GraphBuilder whole, Value loss, Map<String, Value> monitors, ReverseMode backward) {
    this.whole = whole;
    this.loss = loss;
    this.cut = BatchCut.of(whole.inputs(), whole.nodes());
    this.backward = backward;
    this.monitors = new LinkedHashMap<>(monitors);
    this.monitors.values().removeIf(value -> !cut.behind(List.of(value)));
  }

  /** From a part of the batch to its {@link JointPart#ROWS}. */
  public Graph embedding() {
    Map<String, Value> outputs = new LinkedHashMap<>();
    cut.values().keySet().forEach(value -> outputs.put(JointPart.ROWS + value.name(), value));
    return trimmed(GuardedStatistics.untouched(network().build(outputs)));
  }

  /** From the cut values of the whole batch to the loss and its derivatives. */
  public Graph comparison() {
    GraphBuilder graph = behind();
    List<Value> wanted = new ArrayList<>(cut.values().keySet());
    wanted.removeIf(value -> value.type() != ElementType.FLOAT);
    List<Value> weights = weights();
    wanted.addAll(weights);
    Map<Value, Value> derivatives = backward.differentiate(graph, loss, wanted);
    Map<String, Value> outputs = new LinkedHashMap<>();
    outputs.put(TrainingProgram.LOSS, loss);
    monitors.forEach((name, value) -> outputs.put(JointPart.FOUND + name, value));
    derivatives.forEach(
        (value, derivative) -> {
          boolean weight = weights.contains(value);
          outputs.put(
              (weight ? JointPart.GRADIENT : JointPart.COTANGENT) + value.name(), derivative);
          if (!weight) {
            cotangents.put(value, derivative);
          }
        });
    return trimmed(graph.build(outputs));
  }

  /** Adds a part's share of the gradient to the sums; after {@link #comparison}. */
  public Graph gradient() {
    GraphBuilder graph = network();
    Ops g = graph.ops("joint");
    Value scalar = g.constant(0);
    for (Value value : cotangents.keySet()) {
      Value fed = graph.input(JointPart.COTANGENT + value.name(), value.shape());
      scalar = g.add(scalar, g.reduceSum(g.mul(value, fed), false));
    }
    Map<Value, Value> gradients = backward.differentiate(graph, scalar, weights());
    gradients.forEach(
        (weight, gradient) -> {
          Value sum = sum(graph, weight);
          graph.write(sum, g.add(sum, gradient));
        });
    return trimmed(graph.build(Map.of(TrainingProgram.LOSS, g.constant(0))));
  }

  /** The sums of all gradients, which {@link #update} reads and empties. */
  public Map<Parameter, Value> sums() {
    Map<Parameter, Value> sums = new LinkedHashMap<>();
    for (Parameter parameter : whole.parameters()) {
      if (parameter.trainable()) {
        sums.put(parameter, sum(whole, parameter.value()));
      }
    }
    return sums;
  }

  /** The loss, as the comparison found it. */
  public Value foundLoss() {
    return found(TrainingProgram.LOSS);
  }

  /** What the comparison found out, to be reported. */
  public Map<String, Value> found() {
    Map<String, Value> found = new LinkedHashMap<>();
    monitors.keySet().forEach(name -> found.put(name, found(name)));
    return found;
  }

  /** All that has been written to the whole step, from the values of the whole batch. */
  public Graph update(Map<String, Value> outputs) {
    GraphBuilder graph = behind();
    whole.writes().forEach(write -> graph.write(write.state(), write.next()));
    return withUsedData(graph.build(outputs));
  }

  public List<JointRows> rows() {
    return cut.values().entrySet().stream()
        .map(entry -> rows(entry.getKey(), entry.getValue()))
        .toList();
  }

  public List<JointRowNumbers> rowNumbers() {
    return List.copyOf(rowNumbers.values());
  }

  private JointRows rows(Value value, Rows rows) {
    TensorSpec spec = new TensorSpec(value.name(), value.type(), value.shape());
    return new JointRows(spec, rows.blocks(), cotangents.containsKey(value));
  }

  private Value found(String name) {
    return whole.input(JointPart.FOUND + name, Shape.of());
  }

  private List<Value> weights() {
    return whole.parameters().stream().filter(Parameter::trainable).map(Parameter::value).toList();
  }

  private static Value sum(GraphBuilder graph, Value weight) {
    return graph
        .scope(JointPart.SUM.substring(0, JointPart.SUM.length() - 1))
        .memory(weight.name(), weight.shape(), Sharing.LOCAL, Initializer.constant(0));
  }

  /** What lies before the cut, told of the part's place in the batch. */
  private GraphBuilder network() {
    GraphBuilder graph = whole.changed(this::numbered);
    rowNumbers
        .values()
        .forEach(numbers -> graph.input(numbers.name(), ElementType.INT64, rows(numbers)));
    return graph;
  }

  private static Shape rows(JointRowNumbers numbers) {
    return new Shape(List.of(new Dim(numbers.blocks() * numbers.inner(), 0)));
  }

  private List<Node> numbered(Node node) {
    Rows rows = cut.rows().get(node.output());
    if (!node.op().equals("RowNumbers") || rows == null) {
      return List.of(node);
    }
    String name = NUMBERS.formatted(rows.blocks(), rows.inner());
    rowNumbers.put(name, new JointRowNumbers(name, rows.blocks(), rows.inner()));
    Value fed = new Value(name, ElementType.INT64, node.output().shape());
    return List.of(new Node("Detach", List.of(fed), node.outputs(), Attributes.NONE));
  }

  /** What lies behind the cut; the values are inputs. */
  private GraphBuilder behind() {
    Set<Value> given = cut.values().keySet();
    GraphBuilder graph =
        whole.changed(
            node -> node.outputs().stream().anyMatch(given::contains) ? List.of() : List.of(node));
    given.forEach(value -> graph.input(value.name(), value.type(), value.shape()));
    return graph;
  }

  /** Without the inputs and parameters that nothing reads. */
  private static Graph trimmed(Graph graph) {
    Set<Value> used = used(graph);
    return new Graph(
        graph.inputs().stream().filter(used::contains).toList(),
        graph.parameters().stream().filter(p -> used.contains(p.value())).toList(),
        graph.nodes(),
        graph.writes(),
        graph.outputs());
  }

  /** Without the data inputs that nothing reads; numbers are fed whether or not they are read. */
  private static Graph withUsedData(Graph graph) {
    Set<Value> used = used(graph);
    return new Graph(
        graph.inputs().stream().filter(x -> x.shape().rank() == 0 || used.contains(x)).toList(),
        graph.parameters(),
        graph.nodes(),
        graph.writes(),
        graph.outputs());
  }

  private static Set<Value> used(Graph graph) {
    Set<Value> used = new HashSet<>(graph.outputs().values());
    graph.nodes().forEach(node -> used.addAll(node.inputs()));
    graph.writes().forEach(write -> used.addAll(List.of(write.state(), write.next())));
    return used;
  }
}
