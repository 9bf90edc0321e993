package io.github.nolabel.api.train;

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
 */
public record TrainerSettings(
    RunSpec run,
    Path directory,
    boolean resume,
    CheckpointConfig checkpoints,
    DeviceSettings device,
    Map<String, String> identity) {

  public TrainerSettings {
    identity = Collections.unmodifiableMap(new LinkedHashMap<>(identity));
  }

  /** A fresh run in {@code directory} with a checkpoint per epoch, on the best device there is. */
  public static TrainerSettings fresh(Path directory, RunSpec run) {
    return new TrainerSettings(
        run, directory, false, CheckpointConfig.DEFAULTS, DeviceSettings.DEFAULTS, Map.of());
  }
}
