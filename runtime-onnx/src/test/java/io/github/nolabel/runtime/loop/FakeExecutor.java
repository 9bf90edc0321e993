package io.github.nolabel.runtime.loop;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.Batch;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.runtime.checkpoint.StateSource;
import io.github.nolabel.runtime.session.StepExecutor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Records what it is fed and answers a falling loss; no native code. */
final class FakeExecutor implements StepExecutor {

  final List<Map<String, Double>> feeds = new ArrayList<>();
  final List<Float> batches = new ArrayList<>();
  final Map<String, Tensor> state = new LinkedHashMap<>();

  /** Changes the outputs of a step before they are returned. */
  Consumer<Map<String, Double>> answer = outputs -> {};

  FakeExecutor() {
    state.put("w", Tensor.of(new float[] {0}, 1));
  }

  @Override
  public Map<String, Double> step(Batch batch, Map<String, Double> scalars) {
    feeds.add(new LinkedHashMap<>(scalars));
    batches.add(batch.tensors().values().iterator().next().floats().get(0));
    Map<String, Double> outputs = new LinkedHashMap<>();
    outputs.put(TrainingProgram.LOSS, 10.0 / feeds.size());
    outputs.put(TrainingProgram.FINITE, 1.0);
    outputs.put(TrainingProgram.GRADIENT_NORM, 2.0);
    answer.accept(outputs);
    return outputs;
  }

  @Override
  public Map<String, Tensor> evaluate(String model, Map<String, Tensor> inputs) {
    return inputs;
  }

  @Override
  public Map<String, Tensor> state() {
    Map<String, Tensor> copies = new LinkedHashMap<>();
    state.forEach((name, tensor) -> copies.put(name, tensor.copy()));
    return copies;
  }

  @Override
  public StateSource source() {
    return StateSource.of(state);
  }

  @Override
  public void restore(Map<String, Tensor> values) {
    values.forEach((name, tensor) -> state.put(name, tensor.copy()));
  }

  @Override
  public void releaseBatches() {
    // Remembers none.
  }

  @Override
  public void close() {
    // Owns nothing.
  }
}
