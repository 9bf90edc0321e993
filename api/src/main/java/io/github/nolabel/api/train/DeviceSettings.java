package io.github.nolabel.api.train;

import io.github.nolabel.api.Require;

/**
 * Where a session runs.
 *
 * @param device {@code AUTO} takes CUDA where it works, else the CPU
 * @param threads of one operator on the CPU; 0 means all cores. Results repeat bit for bit only for
 *     the same number.
 * @param config how the device is used
 */
public record DeviceSettings(Device device, int threads, DeviceConfig config) {

  public static final DeviceSettings DEFAULTS = new DeviceSettings(Device.AUTO, 0);

  public DeviceSettings {
    Require.within("threads", threads, 0, 1024);
  }

  /** The device with its defaults. */
  public DeviceSettings(Device device, int threads) {
    this(device, threads, DeviceConfig.DEFAULTS);
  }

  /** The same, with the device used this way. */
  public DeviceSettings with(DeviceConfig changed) {
    return new DeviceSettings(device, threads, changed);
  }

  /** The devices there are. */
  public enum Device {
    AUTO,
    CPU,
    CUDA
  }
}
