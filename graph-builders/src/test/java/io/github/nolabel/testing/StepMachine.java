package io.github.nolabel.testing;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.control.Controller;
import io.github.nolabel.api.control.StepScope;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.graph.Graph;
import io.github.nolabel.graph.Initializer;
import io.github.nolabel.graph.Value;
import io.github.nolabel.step.StepGraph;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs a step again and again in the ONNX Runtime, with its controllers around it. */
public final class StepMachine implements AutoCloseable {

  private final Graph graph;
  private final int accumulate;
  private final OrtEvaluator evaluator;
  private final List<Controller> controllers;
  private final Map<String, Tensor> state = new LinkedHashMap<>();
  private final Map<String, Double> slots = new LinkedHashMap<>();
  private long microSteps;

  public StepMachine(StepGraph step, Map<String, Value> outputs) {
    graph = step.graph().build(outputs);
    accumulate = step.accumulate();
    evaluator = new OrtEvaluator(graph);
    controllers = step.controllers();
    graph.parameters().forEach(p -> state.put(p.name(), Initializer.draw(p, 1)));
    controllers.forEach(c -> c.slots().forEach(slot -> slots.put(slot.name(), slot.initial())));
  }

  /** One micro-step; every {@code accumulate}-th ends an update. */
  public Map<String, Tensor> step(int images, Map<String, Tensor> inputs) {
    Map<String, Tensor> fed = new LinkedHashMap<>(state);
    fed.putAll(inputs);
    Scope scope = new Scope(images, microSteps++, fed);
    controllers.forEach(c -> c.beforeStep(scope));
    Tensor apply = Tensor.zeros(ElementType.BOOL);
    apply.bytes().put((byte) (microSteps % accumulate == 0 ? 1 : 0));
    fed.put(TrainingProgram.APPLY, apply);
    Map<String, Tensor> outputs = evaluator.run(fed);
    controllers.forEach(c -> c.afterStep(scope));
    return outputs;
  }

  /** A copy of a parameter. */
  public float[] state(String name) {
    return Interpreter.require(state, name).toFloats();
  }

  public double slot(String name) {
    return Interpreter.require(slots, name);
  }

  @Override
  public void close() {
    evaluator.close();
  }

  private final class Scope implements StepScope {

    private final int images;
    private final long index;
    private final Map<String, Tensor> fed;

    Scope(int images, long index, Map<String, Tensor> fed) {
      this.images = images;
      this.index = index;
      this.fed = fed;
    }

    @Override
    public long step() {
      return index / accumulate;
    }

    @Override
    public int microStep() {
      return (int) (index % accumulate);
    }

    @Override
    public int images() {
      return images;
    }

    @Override
    public void feed(String input, double value) {
      boolean integer =
          graph.inputs().stream()
              .anyMatch(i -> i.name().equals(input) && i.type() == ElementType.INT64);
      fed.put(
          input,
          integer ? Nd.integers(new int[0], i -> (long) value).toTensor() : Tensor.scalar(value));
    }

    @Override
    public double output(String name) {
      throw new UnsupportedOperationException(name);
    }

    @Override
    public double slot(String name) {
      return StepMachine.this.slot(name);
    }

    @Override
    public void slot(String name, double value) {
      slots.put(name, value);
    }
  }
}
