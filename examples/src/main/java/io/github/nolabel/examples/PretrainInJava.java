package io.github.nolabel.examples;

import io.github.nolabel.api.export.BackboneExporter;
import io.github.nolabel.api.train.BatchSource;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.Trainer;
import io.github.nolabel.api.train.TrainerSettings;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.data.Dataset;
import io.github.nolabel.data.DatasetSettings;
import io.github.nolabel.data.Datasets;
import io.github.nolabel.data.load.BatchLoader;
import io.github.nolabel.data.load.LoaderSettings;
import io.github.nolabel.method.CompiledMethod;
import io.github.nolabel.method.Methods;
import io.github.nolabel.runs.watch.ProgressLine;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Pre-trains a backbone on a folder of images and writes it as ONNX. */
public final class PretrainInJava {

  private PretrainInJava() {}

  /**
   * @param photos a folder of images
   * @param directory where checkpoints and {@code backbone.onnx} go
   */
  public static void pretrain(Path photos, Path directory, int batchSize, int epochs) {
    // README:begin
    Dataset data = Datasets.open("folder:" + photos, DatasetSettings.DEFAULTS);
    RunSpec run = RunSpec.of("small-cnn", 32, batchSize, data.training().size(), epochs);
    CompiledMethod simclr = Methods.compile("simclr", Map.of("temperature", "0.2"), run);
    BatchSource batches =
        new BatchLoader(
            data.training(), simclr.recipe().views(), new LoaderSettings(batchSize, 0, 2, false));
    TrainerSettings settings = TrainerSettings.fresh(directory, run);
    try (Trainer trainer = TrainingRuntime.find().open(simclr.recipe(), settings)) {
      trainer.train(batches, List.of(new ProgressLine(System.out, System::nanoTime, false)));
      simclr
          .exporter()
          .export(trainer.state(), BackboneExporter.BACKBONE, Map.of("data", photos.toString()))
          .save(directory.resolve("backbone.onnx"));
    }
    // README:end
  }

  public static void main(String[] arguments) {
    pretrain(Path.of(arguments[0]), Path.of(arguments[1]), 64, 10);
  }
}
