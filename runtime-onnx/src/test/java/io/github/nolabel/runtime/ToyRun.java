package io.github.nolabel.runtime;

import io.github.nolabel.api.control.Controller;
import io.github.nolabel.api.control.Schedule;
import io.github.nolabel.api.control.ScheduledInput;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.api.train.CheckpointConfig;
import io.github.nolabel.api.train.DeviceSettings;
import io.github.nolabel.api.train.OptimizerConfig;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.ScheduleConfig;
import io.github.nolabel.api.train.TrainerSettings;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.api.train.TrainingRecipe;
import io.github.nolabel.api.view.Normalisation;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.api.view.View;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Settings of a toy run; change what a test is about. */
public record ToyRun(
    int batchSize, int accumulate, long steps, long stepsPerEpoch, CheckpointConfig checkpoints) {

  public static final ToyRun STANDARD = new ToyRun(8, 1, 20, 5, new CheckpointConfig(0, 1, 3));

  public ToyRun accumulating(int batches) {
    return new ToyRun(batchSize, batches, steps, stepsPerEpoch, checkpoints);
  }

  public ToyRun steps(long count) {
    return new ToyRun(batchSize, accumulate, count, stepsPerEpoch, checkpoints);
  }

  public ToyRun checkpoints(CheckpointConfig config) {
    return new ToyRun(batchSize, accumulate, steps, stepsPerEpoch, config);
  }

  public RunSpec spec() {
    OptimizerConfig optimizer =
        RecordOptions.override(
            OptimizerConfig.DEFAULTS,
            Map.of(
                "learningRate", "0.05",
                "weightDecay", "0",
                "accumulate", Integer.toString(accumulate)));
    return new RunSpec(
        "toy", Map.of(), 8, batchSize, steps, stepsPerEpoch, 1, optimizer, ScheduleConfig.DEFAULTS);
  }

  /** With a cosine schedule of the learning rate. */
  public TrainingRecipe recipe() {
    return recipe(
        new ScheduledInput(TrainingProgram.LEARNING_RATE, Schedule.cosine(0.05, 0.01, 20)));
  }

  public TrainingRecipe recipe(Controller... controllers) {
    return new TrainingRecipe(
        ToyProgram.program(batchSize, accumulate), List.of(controllers), views());
  }

  public TrainerSettings settings(Path directory, boolean resume) {
    return new TrainerSettings(
        spec(),
        directory,
        resume,
        checkpoints,
        new DeviceSettings(DeviceSettings.Device.CPU, 1),
        Map.of("seed", "1"));
  }

  public ToyBatches batches() {
    return new ToyBatches(batchSize, stepsPerEpoch * accumulate);
  }

  private static InputPlan views() {
    return InputPlan.ofViews(
        List.of(new View("x", 8, List.of())), new Preprocessing(8, 1, Normalisation.IMAGENET));
  }
}
