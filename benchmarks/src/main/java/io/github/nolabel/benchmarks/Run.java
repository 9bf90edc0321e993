package io.github.nolabel.benchmarks;

import io.github.nolabel.api.train.CheckpointConfig;
import io.github.nolabel.api.train.OptimizerConfig;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.ScheduleConfig;
import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.api.train.Trainer;
import io.github.nolabel.api.train.TrainerSettings;
import io.github.nolabel.api.train.TrainingListener;
import io.github.nolabel.api.train.TrainingRecipe;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.method.CompiledMethod;
import io.github.nolabel.method.Methods;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One training run of the checks, and the losses it reports. */
final class Run implements AutoCloseable {

  private static final int WITHOUT_EPOCHS = 1 << 20;

  private final Trainer trainer;
  private final List<Double> losses = new ArrayList<>();

  private Run(Trainer trainer) {
    this.trainer = trainer;
  }

  static Run open(TrainingRecipe recipe, RunSpec spec, Device device, Path folder, boolean resume) {
    TrainerSettings settings =
        new TrainerSettings(
            spec, folder, resume, new CheckpointConfig(0, 1, 1), device.settings(), Map.of());
    return new Run(TrainingRuntime.find().open(recipe, settings));
  }

  /** SimCLR with the default options. */
  static CompiledMethod simClr(RunSpec spec) {
    return Methods.compile("simclr", Map.of("temperature", "0.2"), spec);
  }

  /** Plain gradient descent with momentum: what is small on one device stays small on another. */
  static OptimizerConfig descent() {
    return io.github.nolabel.api.option.RecordOptions.override(
        OptimizerConfig.DEFAULTS, Map.of("algorithm", "sgd", "learningRate", "0.05"));
  }

  static RunSpec spec(
      String backbone,
      Map<String, String> options,
      int imageSize,
      int batchSize,
      long steps,
      OptimizerConfig optimizer) {
    return new RunSpec(
        backbone,
        options,
        imageSize,
        batchSize,
        steps,
        WITHOUT_EPOCHS,
        1,
        optimizer,
        ScheduleConfig.DEFAULTS);
  }

  /** Trains on, until {@code lastStep} or the end of the run. */
  void train(
      io.github.nolabel.api.train.BatchSource batches, long lastStep, TrainingListener more) {
    TrainingListener recorder =
        new TrainingListener() {
          @Override
          public void onStep(StepReport report) {
            losses.add(report.loss());
            if (trainer.step() >= lastStep || report.step() >= lastStep) {
              trainer.requestStop();
            }
          }
        };
    trainer.train(batches, List.of(recorder, more));
  }

  void train(io.github.nolabel.api.train.BatchSource batches) {
    train(batches, Long.MAX_VALUE, new TrainingListener() {});
  }

  Trainer trainer() {
    return trainer;
  }

  List<Double> losses() {
    return losses;
  }

  @Override
  public void close() {
    trainer.close();
  }
}
