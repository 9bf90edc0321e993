package io.github.nolabel.runtime.device;

import io.github.nolabel.api.train.DeviceConfig;

/**
 * Where sessions run.
 *
 * @param cuda whether on a CUDA device; else on the CPU
 * @param threads of one operator on the CPU, at least 1
 * @param config how the device is used
 */
public record DeviceChoice(boolean cuda, int threads, DeviceConfig config) {

  /** The device with its defaults. */
  public DeviceChoice(boolean cuda, int threads) {
    this(cuda, threads, DeviceConfig.DEFAULTS);
  }

  /** {@code cpu} or {@code cuda}. */
  public String name() {
    return cuda ? "cuda" : "cpu";
  }
}
