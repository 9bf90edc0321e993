package io.github.nolabel.runs.engine;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.export.BackboneExporter;
import io.github.nolabel.api.train.DeviceSettings;
import io.github.nolabel.api.train.Embedder;
import io.github.nolabel.api.train.Model;
import io.github.nolabel.api.train.Trainer;
import io.github.nolabel.api.train.TrainingListener;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.data.Gallery;
import io.github.nolabel.data.PreparedImages;
import io.github.nolabel.data.PreparedTexts;
import io.github.nolabel.evaluation.FeatureMatrix;
import io.github.nolabel.evaluation.Probes;
import io.github.nolabel.evaluation.Retrieval;
import io.github.nolabel.method.CompiledMethod;
import io.github.nolabel.runs.watch.MeasuredSteps;
import io.github.nolabel.text.Tokenizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lets held-out images and their captions look for each other. */
public record Retrieving(Gallery gallery, Preprocessing preprocessing, Tokenizer tokenizer) {

  /** What the names of the figures begin with while a run trains. */
  public static final String PREFIX = "retrieval_";

  private static final int TEXTS = 256;

  /** Empty where no image has a caption, or the method has no common space of both. */
  static Optional<Retrieving> of(Preparation ready) {
    if (!isPossible(ready.method())) {
      return Optional.empty();
    }
    return ready
        .data()
        .described()
        .map(
            images ->
                new Retrieving(
                    Gallery.of(images),
                    ready.method().recipe().inputs().evaluation(),
                    ready.tokenizer().orElseThrow().tokenizer()));
  }

  /** Whether the method brings images and texts into one space. */
  public static boolean isPossible(CompiledMethod method) {
    return method
        .exporter()
        .cuts()
        .containsAll(List.of(BackboneExporter.IMAGE, BackboneExporter.TEXT));
  }

  /**
   * @param image from images to unit vectors
   * @param text from token ids to unit vectors
   */
  public Retrieval.Result ask(Model image, Model text) {
    PreparedImages images = PreparedImages.of(gallery.images(), preprocessing);
    return Retrieval.of(
        FeatureMatrix.embed(Embedder.of(image), images.batches(Probes.batchSize(preprocessing))),
        PreparedTexts.of(gallery.texts(), tokenizer, text).features(text, TEXTS),
        gallery.textsOf());
  }

  /** The same with the towers of a run at some of its weights. */
  Retrieval.Result ask(
      TrainedRun run, Map<String, Tensor> state, long step, TrainingRuntime runtime) {
    DeviceSettings device = run.plan().deviceSettings();
    try (Model image =
            runtime.model(run.export(state, step, BackboneExporter.IMAGE).model(), device);
        Model text =
            runtime.model(run.export(state, step, BackboneExporter.TEXT).model(), device)) {
      return ask(image, text);
    }
  }

  /** Asks the live weights now and then and adds the recalls to the reports. */
  TrainingListener online(
      Trainer trainer, long everySteps, List<? extends TrainingListener> listeners) {
    Model image = trainer.model(BackboneExporter.IMAGE);
    Model text = trainer.model(BackboneExporter.TEXT);
    return new MeasuredSteps(everySteps, () -> recalls(ask(image, text)), listeners);
  }

  private static Map<String, Double> recalls(Retrieval.Result result) {
    Map<String, Double> recalls = new LinkedHashMap<>();
    result
        .figures()
        .forEach(
            (name, value) -> {
              if (name.contains("recall")) {
                recalls.put(PREFIX + name.replace('.', '_'), value);
              }
            });
    return recalls;
  }
}
