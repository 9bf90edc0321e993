package io.github.nolabel.runs.engine;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.export.BackboneExporter;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.train.DeviceSettings;
import io.github.nolabel.api.train.Embedder;
import io.github.nolabel.api.train.Model;
import io.github.nolabel.api.train.SavedState;
import io.github.nolabel.api.train.Trainer;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.data.PreparedImages;
import io.github.nolabel.data.PreparedTexts;
import io.github.nolabel.data.load.PreparedRegions;
import io.github.nolabel.evaluation.FeatureMatrix;
import io.github.nolabel.evaluation.Probes;
import io.github.nolabel.method.CompiledMethod;
import io.github.nolabel.text.Tokenizer;
import java.util.List;
import java.util.Map;

/**
 * Brings images and texts into the space that they share, with weights of a run.
 *
 * @param image from images, or their regions, to unit vectors
 * @param text from token ids to unit vectors
 */
public record Towers(Model image, Model text, InputPlan inputs, Tokenizer tokenizer)
    implements AutoCloseable {

  private static final int TEXTS = 256;

  /** Whether the method brings images and texts into one space. */
  public static boolean exist(CompiledMethod method) {
    return method
        .exporter()
        .cuts()
        .containsAll(List.of(BackboneExporter.IMAGE, BackboneExporter.TEXT));
  }

  /** With the live weights of a trainer. */
  static Towers live(Trainer trainer, Preparation ready) {
    return new Towers(
        trainer.model(BackboneExporter.IMAGE),
        trainer.model(BackboneExporter.TEXT),
        ready.method().recipe().inputs(),
        ready.tokenizer().orElseThrow().tokenizer());
  }

  /**
   * With the weights of a checkpoint.
   *
   * @throws UserMistake if the run's method has no such space
   */
  public static Towers open(
      TrainedRun run, SavedState saved, RunDirectory folder, TrainingRuntime runtime) {
    return open(run, saved.state(), saved.step(), folder, runtime, run.plan().deviceSettings());
  }

  /**
   * With any weights.
   *
   * @throws UserMistake if the run's method has no such space
   */
  public static Towers open(
      TrainedRun run,
      Map<String, Tensor> state,
      long step,
      RunDirectory folder,
      TrainingRuntime runtime,
      DeviceSettings device) {
    requireThem(run, folder);
    Tokenizer tokenizer = RunTokenizer.read(run.plan(), folder).orElseThrow().tokenizer();
    Model image = runtime.model(run.export(state, step, BackboneExporter.IMAGE).model(), device);
    Model text = runtime.model(run.export(state, step, BackboneExporter.TEXT).model(), device);
    return new Towers(image, text, run.method().recipe().inputs(), tokenizer);
  }

  /**
   * @throws UserMistake if the run's method has no such space
   */
  public static void requireThem(TrainedRun run, RunDirectory folder) {
    if (!exist(run.method())) {
      throw new UserMistake(
          "The run in %s is of %s, which has no space that images and words share; a method such as clip has one."
              .formatted(folder.root(), run.method().method()));
    }
  }

  /** A row per image, as evaluation sees them. */
  public FeatureMatrix images(ImageDataset images) {
    return inputs.regions().isEmpty()
        ? FeatureMatrix.embed(
            Embedder.of(image),
            PreparedImages.of(images, inputs.evaluation())
                .batches(Probes.batchSize(inputs.evaluation())))
        : new PreparedRegions(images, inputs).features(image);
  }

  /** A row per text. */
  public FeatureMatrix texts(List<String> texts) {
    return PreparedTexts.of(texts, tokenizer, text).features(text, TEXTS);
  }

  @Override
  public void close() {
    image.close();
    text.close();
  }
}
