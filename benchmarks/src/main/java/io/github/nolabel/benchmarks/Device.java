package io.github.nolabel.benchmarks;

import io.github.nolabel.api.train.DeviceConfig;
import io.github.nolabel.api.train.DeviceSettings;
import io.github.nolabel.runtime.device.DeviceChoice;

/** The device under test, and how it is used. */
record Device(String name, DeviceSettings settings) {

  /** One that computes in plain float32, so that results can be compared. */
  static Device exact(String name) {
    return of(name, false);
  }

  static Device of(String name, boolean tf32) {
    DeviceSettings.Device kind =
        switch (name) {
          case "cpu" -> DeviceSettings.Device.CPU;
          case "cuda" -> DeviceSettings.Device.CUDA;
          default -> throw new IllegalArgumentException("--device " + name + ": cpu or cuda");
        };
    return new Device(name, new DeviceSettings(kind, 0, DeviceConfig.DEFAULTS.withTf32(tf32)));
  }

  boolean isCuda() {
    return name.equals("cuda");
  }

  /** The same with one option of the device changed. */
  Device with(String option, String value) {
    return new Device(name, settings.with(settings.config().with(option, value)));
  }

  /**
   * @param count zero takes all cores
   */
  Device threads(int count) {
    return new Device(name, new DeviceSettings(settings.device(), count, settings.config()));
  }

  Device withProfile(String prefix) {
    return new Device(name, settings.with(settings.config().withProfile(prefix)));
  }

  /** For models that are run without a trainer. */
  DeviceChoice choice() {
    int threads = Math.max(1, Runtime.getRuntime().availableProcessors());
    return new DeviceChoice(isCuda(), threads, settings.config());
  }
}
