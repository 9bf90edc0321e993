package io.github.nolabel.runtime.device;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.train.DeviceSettings;
import io.github.nolabel.api.train.DeviceSettings.Device;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Decides between CPU and CUDA; the reason against CUDA is looked for once, when first needed. */
public final class DevicePolicy {

  private final Supplier<Optional<String>> cudaObstacle;
  private final BooleanSupplier cudaExpected;
  private final int cores;

  /**
   * @param cudaObstacle why CUDA cannot be used here; empty if it can
   * @param cudaExpected whether this computer has a card, or this program was built for one
   */
  public DevicePolicy(
      Supplier<Optional<String>> cudaObstacle, BooleanSupplier cudaExpected, int cores) {
    this.cudaObstacle = cudaObstacle;
    this.cudaExpected = cudaExpected;
    this.cores = cores;
  }

  /**
   * @throws UserMistake if CUDA was asked for and is not usable; the message says what is missing
   */
  public DeviceChoice choose(DeviceSettings settings) {
    int threads = settings.threads() == 0 ? cores : settings.threads();
    return new DeviceChoice(wantsCuda(settings.device()), threads, settings.config());
  }

  /** Why {@code AUTO} takes the CPU where somebody would expect CUDA; empty if nobody would. */
  public Optional<String> fallback(DeviceSettings settings) {
    if (settings.device() != Device.AUTO || !cudaExpected.getAsBoolean()) {
      return Optional.empty();
    }
    return cudaObstacle
        .get()
        .map(
            obstacle ->
                "CUDA IS NOT USED: this runs on the CPU, many times slower. %s If the CPU is meant, ask for the device 'cpu'."
                    .formatted(obstacle));
  }

  private boolean wantsCuda(Device device) {
    if (device == Device.CPU) {
      return false;
    }
    Optional<String> obstacle = cudaObstacle.get();
    if (device == Device.CUDA && obstacle.isPresent()) {
      throw new UserMistake(
          "CUDA was asked for and is not usable here: %s Use the device 'cpu' or 'auto'."
              .formatted(obstacle.get()));
    }
    return obstacle.isEmpty();
  }
}
