package io.github.nolabel.graph;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Collects a graph in topological order. An operator applied twice to the same values is one node:
 * rules may ask for a value again instead of passing it around. Not thread-safe; one per graph.
 */
public final class GraphBuilder {

  private final Mode mode;
  private final Map<String, Value> inputs = new LinkedHashMap<>();
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();
  private final List<Node> nodes = new ArrayList<>();
  private final Map<Application, List<Value>> applications = new HashMap<>();
  private final Map<String, StateWrite> writes = new LinkedHashMap<>();
  private final Map<String, Integer> serials = new HashMap<>();

  public GraphBuilder(Mode mode) {
    this.mode = mode;
  }

  public Mode mode() {
    return mode;
  }

  /** A float input that every step is fed. Asking again for a name returns the same value. */
  public Value input(String name, Shape shape) {
    return input(name, ElementType.FLOAT, shape);
  }

  public Value input(String name, ElementType type, Shape shape) {
    Value value = inputs.computeIfAbsent(name, n -> new Value(n, type, shape));
    if (value.type() != type || !value.shape().equals(shape)) {
      throw new IllegalStateException(
          "Input '%s' is %s%s and cannot also be %s%s."
              .formatted(name, value.type(), value.shape(), type, shape));
    }
    return value;
  }

  /** The inputs asked for so far. */
  public List<Value> inputs() {
    return List.copyOf(inputs.values());
  }

  /** Opens a top-level scope whose parameters are trained. */
  public Scope scope(String name) {
    return new Scope(this, name, true, name, 0, mode);
  }

  /** Opens a top-level scope whose parameters never receive gradients, such as a teacher's. */
  public Scope frozenScope(String name) {
    return new Scope(this, name, false, name, 0, mode);
  }

  /**
   * Opens a top-level scope for a network that stays as it is, in a training graph too: nothing of
   * it is trained, batch normalisation keeps its running statistics and dropout passes all on.
   */
  public Scope inferenceScope(String name) {
    return new Scope(this, name, false, name, 0, Mode.INFERENCE);
  }

  /**
   * Opens a frozen top-level scope whose parameters start as copies of those of {@code original}.
   */
  public Scope mirrorScope(String name, String original) {
    return new Scope(this, name, false, original, 0, mode);
  }

  /** The operators, appended with names under {@code path}. */
  public Ops ops(String path) {
    return new Ops(this, path);
  }

  /**
   * Gives {@code state} the value {@code next} when the step ends; whoever reads it within the step
   * sees the old value.
   */
  public void write(Value state, Value next) {
    if (!parameters.containsKey(state.name())) {
      throw new IllegalStateException("'" + state.name() + "' is no parameter of this graph.");
    }
    if (!state.shape().equals(next.shape())) {
      throw new ShapeMismatchException(
          "Write", state.shape(), next.shape(), "'" + state.name() + "' keeps its shape");
    }
    if (writes.putIfAbsent(state.name(), new StateWrite(state, next)) != null) {
      throw new IllegalStateException("Parameter '" + state.name() + "' is written twice.");
    }
  }

  /** Where {@code condition}, bool[], does not hold, all state written so far stays as it was. */
  public void writeOnlyIf(Value condition) {
    Ops g = ops("guard");
    writes.replaceAll(
        (name, write) ->
            new StateWrite(write.state(), g.where(condition, write.next(), write.state())));
  }

  /** Gives a parameter other first values than the fragment that declared it did. */
  public void startAt(Value parameter, Initializer first) {
    Parameter declared = parameters.get(parameter.name());
    if (declared == null) {
      throw new IllegalStateException("'" + parameter.name() + "' is no parameter of this graph.");
    }
    parameters.put(declared.name(), declared.startingAt(first));
  }

  /** The value that {@code state} takes when the step ends; itself if nothing is written. */
  public Value next(Value state) {
    StateWrite write = writes.get(state.name());
    return write == null ? state : write.next();
  }

  public List<Node> nodes() {
    return List.copyOf(nodes);
  }

  public List<Parameter> parameters() {
    return List.copyOf(parameters.values());
  }

  /** What {@link #write} was told. */
  public List<StateWrite> writes() {
    return List.copyOf(writes.values());
  }

  /**
   * A builder that goes on from here without the state writes, where some nodes are others, or
   * none: the caller makes their values in another way, such as an input of the same name.
   */
  public GraphBuilder changed(Function<Node, List<Node>> change) {
    GraphBuilder copy = new GraphBuilder(mode);
    copy.inputs.putAll(inputs);
    copy.parameters.putAll(parameters);
    copy.applications.putAll(applications);
    copy.serials.putAll(serials);
    nodes.forEach(node -> copy.nodes.addAll(change.apply(node)));
    return copy;
  }

  /** The finished graph: whatever {@code outputs} and the state writes need. */
  public Graph build(Map<String, Value> outputs) {
    Deque<Value> wanted = new ArrayDeque<>(outputs.values());
    writes.values().forEach(write -> wanted.add(write.next()));
    return new Graph(inputs(), parameters(), needed(wanted), List.copyOf(writes.values()), outputs);
  }

  Value declare(Parameter parameter) {
    if (parameters.putIfAbsent(parameter.name(), parameter) != null) {
      throw new IllegalStateException(
          "Parameter '%s' is declared twice. Attach the fragment once and apply it twice to share weights."
              .formatted(parameter.name()));
    }
    return parameter.value();
  }

  List<Value> append(
      String path,
      String op,
      List<Value> operands,
      List<Ops.Output> results,
      Attributes attributes) {
    Application application = new Application(op, operands, attributes);
    List<Value> earlier = Ops.STATEFUL.contains(op) ? null : applications.get(application);
    return earlier != null ? earlier : create(path, application, results);
  }

  private List<Value> create(String path, Application application, List<Ops.Output> results) {
    String op = application.op();
    int serial = serials.merge(path + "/" + op, 1, Integer::sum);
    List<Value> outputs = new ArrayList<>();
    for (Ops.Output result : results) {
      String suffix = outputs.isEmpty() ? "" : "_" + result.label();
      outputs.add(
          new Value(path + "/" + op + "_" + serial + suffix, result.type(), result.shape()));
    }
    nodes.add(new Node(op, application.operands(), outputs, application.attributes()));
    applications.put(application, List.copyOf(outputs));
    return List.copyOf(outputs);
  }

  private List<Node> needed(Deque<Value> wanted) {
    Map<Value, Node> producers = new HashMap<>();
    nodes.forEach(node -> node.outputs().forEach(output -> producers.put(output, node)));
    Set<Node> needed = new HashSet<>();
    while (!wanted.isEmpty()) {
      Node producer = producers.get(wanted.remove());
      if (producer != null && needed.add(producer)) {
        wanted.addAll(producer.inputs());
      }
    }
    return nodes.stream().filter(needed::contains).toList();
  }

  private record Application(String op, List<Value> operands, Attributes attributes) {}
}
