package io.github.nolabel.runtime.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.train.DeviceSettings;
import io.github.nolabel.api.train.DeviceSettings.Device;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DevicePolicyTest {

  private final DevicePolicy with = new DevicePolicy(Optional::empty, () -> true, 6);
  private final DevicePolicy without =
      new DevicePolicy(() -> Optional.of("There is no driver."), () -> true, 6);

  @Test
  void autoTakesCudaWhereItWorks() {
    assertThat(with.choose(DeviceSettings.DEFAULTS).cuda()).isTrue();
    assertThat(without.choose(DeviceSettings.DEFAULTS).cuda()).isFalse();
  }

  @Test
  void whatIsAskedForIsTaken() {
    assertThat(with.choose(new DeviceSettings(Device.CPU, 0)).cuda()).isFalse();
    assertThat(with.choose(new DeviceSettings(Device.CUDA, 0)).name()).isEqualTo("cuda");
  }

  @Test
  void cudaAskedForAndAbsentSaysWhatIsMissing() {
    assertThatThrownBy(() -> without.choose(new DeviceSettings(Device.CUDA, 0)))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("There is no driver.")
        .hasMessageContaining("'cpu' or 'auto'");
  }

  @Test
  void whereACardIsThereAutoDoesNotTakeTheCpuSilently() {
    assertThat(without.fallback(DeviceSettings.DEFAULTS))
        .hasValue(
            "CUDA IS NOT USED: this runs on the CPU, many times slower. There is no driver. If the CPU is meant, ask for the device 'cpu'.");
    assertThat(without.fallback(new DeviceSettings(Device.CPU, 0))).isEmpty();
    assertThat(with.fallback(DeviceSettings.DEFAULTS)).isEmpty();
    DevicePolicy noCard = new DevicePolicy(() -> Optional.of("No library."), () -> false, 6);
    assertThat(noCard.fallback(DeviceSettings.DEFAULTS)).isEmpty();
  }

  @Test
  void noThreadsMeansAllCores() {
    assertThat(with.choose(new DeviceSettings(Device.CPU, 0)).threads()).isEqualTo(6);
    assertThat(with.choose(new DeviceSettings(Device.CPU, 2)).threads()).isEqualTo(2);
  }
}
