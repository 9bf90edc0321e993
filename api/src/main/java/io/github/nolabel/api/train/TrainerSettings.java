package io.github.nolabel.api.train;

import io.github.nolabel.api.Tensor;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a recipe is run.
 *
 * @param directory where checkpoints go, in a folder {@code checkpoints}
 * @param resume whether to continue from the newest checkpoint there
 * @param identity everything that must be equal when a run is resumed, as text by name: a
 *     checkpoint with other values is refused, naming the first difference
 * @param weights by name, that a fresh run starts with in place of the program's own
 */
public record TrainerSettings(
    RunSpec run,
    Path directory,
    boolean resume,
    CheckpointConfig checkpoints,
    DeviceSettings device,
    Map<String, String> identity,
    Map<String, Tensor> weights) {

  public TrainerSettings {
    identity = Collections.unmodifiableMap(new LinkedHashMap<>(identity));
    weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
  }

  /** The same for a run with another specification. */
  public TrainerSettings with(RunSpec other) {
    return new TrainerSettings(other, directory, resume, checkpoints, device, identity, weights);
  }

  /** Settings of a run that starts with the program's own weights. */
  public TrainerSettings(
      RunSpec run,
      Path directory,
      boolean resume,
      CheckpointConfig checkpoints,
      DeviceSettings device,
      Map<String, String> identity) {
    this(run, directory, resume, checkpoints, device, identity, Map.of());
  }

  /** A fresh run in {@code directory} with a checkpoint per epoch, on the best device there is. */
  public static TrainerSettings fresh(Path directory, RunSpec run) {
    return new TrainerSettings(
        run, directory, false, CheckpointConfig.DEFAULTS, DeviceSettings.DEFAULTS, Map.of());
  }
}
