package io.github.nolabel.runtime.session;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.train.Model;
import io.github.nolabel.api.train.OnnxModel;
import io.github.nolabel.runtime.device.DeviceChoice;
import io.github.nolabel.runtime.memory.OnnxRuntimeException;
import io.github.nolabel.runtime.memory.OrtLibrary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Runs a model in a session of its own. */
public final class InferenceModel implements Model {

  private final ModelInputs inputs;
  private final List<TensorSpec> outputs;
  private final Supplier<Map<String, Tensor>> weights;
  private final ModelRunner runner;

  /**
   * @throws UserMistake if the model is invalid
   */
  public InferenceModel(OrtLibrary library, OnnxModel model, DeviceChoice device) {
    this(library, model, Map::of, device);
  }

  /**
   * @param weights further inputs of the model, by name, for each run anew
   */
  InferenceModel(
      OrtLibrary library,
      OnnxModel model,
      Supplier<Map<String, Tensor>> weights,
      DeviceChoice device) {
    this.inputs = new ModelInputs(model.inputs());
    this.outputs = model.outputs();
    this.weights = weights;
    try {
      this.runner = new ModelRunner(library, model.bytes(), device);
    } catch (OnnxRuntimeException e) {
      throw new UserMistake("The model cannot be run: %s".formatted(e.getMessage()), e);
    }
  }

  @Override
  public List<TensorSpec> inputs() {
    return inputs.specs();
  }

  @Override
  public List<TensorSpec> outputs() {
    return outputs;
  }

  @Override
  public Map<String, Tensor> run(Map<String, Tensor> given) {
    long count = inputs.check(given);
    Map<String, Tensor> feeds = new LinkedHashMap<>(given);
    feeds.putAll(weights.get());
    Map<String, Tensor> results = ModelInputs.empty(outputs, count);
    runner.run(feeds, results);
    return results;
  }

  @Override
  public void close() {
    runner.close();
  }
}
