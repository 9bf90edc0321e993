package io.github.nolabel.runs.engine;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.export.BackboneExporter;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.train.DeviceSettings;
import io.github.nolabel.api.train.Model;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.data.PreparedImages;
import io.github.nolabel.data.load.PreparedRegions;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * A cut that compares images, or their regions, with texts.
 *
 * @param tokens from images to what the cut reads of them; empty if it reads the images themselves
 */
record PairModel(Model model, Optional<Model> tokens, InputPlan plan) implements AutoCloseable {

  /** With the run's network at some of its weights. */
  static PairModel open(
      TrainedRun run,
      Map<String, Tensor> state,
      long step,
      String cut,
      TrainingRuntime runtime,
      DeviceSettings device) {
    Model model = model(run, state, step, cut, runtime, device);
    boolean readsTokens = names(model).contains(TrainingProgram.IMAGE_TOKENS);
    return new PairModel(
        model,
        readsTokens
            ? Optional.of(model(run, state, step, BackboneExporter.TOKENS, runtime, device))
            : Optional.empty(),
        run.method().recipe().inputs());
  }

  private static Model model(
      TrainedRun run,
      Map<String, Tensor> state,
      long step,
      String cut,
      TrainingRuntime runtime,
      DeviceSettings device) {
    return runtime.model(run.export(state, step, cut).model(), device);
  }

  private static List<String> names(Model model) {
    return model.inputs().stream().map(TensorSpec::name).toList();
  }

  /** What is to be seen of images, batch by batch. */
  Iterator<Map<String, Tensor>> sights(ImageDataset images, int batchSize) {
    return plan.regions().isEmpty()
        ? StreamSupport.stream(
                PreparedImages.of(images, plan.evaluation()).batches(batchSize).spliterator(),
                false)
            .map(batch -> Map.of(TrainingProgram.IMAGES, batch))
            .iterator()
        : new PreparedRegions(images, plan).batches(batchSize).iterator();
  }

  /**
   * What the cut says of pairs.
   *
   * @param sight one of {@link #sights}
   * @param texts token ids and their mask, as many as there are images
   */
  Tensor apply(Map<String, Tensor> sight, Map<String, Tensor> texts) {
    Map<String, Tensor> inputs = new HashMap<>(sight);
    tokens.ifPresent(
        network ->
            inputs.put(
                TrainingProgram.IMAGE_TOKENS,
                Objects.requireNonNull(network.run(sight).get(TrainingProgram.FEATURES)).copy()));
    inputs.putAll(texts);
    inputs.keySet().retainAll(names(model));
    return model.run(inputs).values().iterator().next();
  }

  @Override
  public void close() {
    tokens.ifPresent(Model::close);
    model.close();
  }
}
