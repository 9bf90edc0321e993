package io.github.nolabel.runs.plan;

import io.github.nolabel.api.train.CheckpointConfig;
import io.github.nolabel.api.train.DeviceConfig;
import io.github.nolabel.api.train.DeviceSettings.Device;
import io.github.nolabel.api.train.OptimizerConfig;
import io.github.nolabel.api.train.ScheduleConfig;
import io.github.nolabel.data.load.Decoding;
import io.github.nolabel.evaluation.EvaluationConfig;
import java.util.List;

/**
 * What {@code pretrain} does where nobody says otherwise. A method may change settings of the run
 * by {@link io.github.nolabel.method.MethodProvider#runDefaults()}.
 */
public record Defaults(
    RunConfig run,
    OptimizerConfig optimizer,
    ScheduleConfig schedule,
    CheckpointConfig checkpoint,
    EvaluationConfig evaluation,
    DeviceConfig device,
    List<DataRecipe> recipes) {

  public Defaults {
    recipes = List.copyOf(recipes);
  }

  /** A demonstration that ends within four minutes on two cores. */
  public static final Defaults STANDARD =
      new Defaults(
          new RunConfig(
              "simclr",
              RunConfig.NO_PRESET,
              "packaged",
              "small-cnn",
              25,
              256,
              32,
              1,
              0,
              false,
              Device.AUTO,
              0,
              0,
              RunConfig.NO_RUN,
              Decoding.WHOLE),
          OptimizerConfig.DEFAULTS,
          ScheduleConfig.DEFAULTS,
          CheckpointConfig.DEFAULTS,
          EvaluationConfig.DEFAULTS,
          DeviceConfig.DEFAULTS,
          DataRecipe.PACKAGED);
}
