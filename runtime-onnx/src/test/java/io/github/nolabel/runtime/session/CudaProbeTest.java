package io.github.nolabel.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.Shape;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.runtime.device.DeviceChoice;
import io.github.nolabel.runtime.memory.OrtLibrary;
import org.junit.jupiter.api.Test;

class CudaProbeTest {

  private final OrtLibrary library = OrtLibrary.load();

  @Test
  void theProbesOwnModelIsSound() {
    try (ModelSession session =
        new ModelSession(library, CudaProbe.IDENTITY_MODEL, new DeviceChoice(false, 1))) {
      assertThat(session.inputs()).containsExactly(TensorSpec.floats("x", Shape.of(1)));
      assertThat(session.outputs()).containsExactly(TensorSpec.floats("y", Shape.of(1)));
    }
  }

  @Test
  void withoutTheProviderTheObstacleNamesTheMissingJar() {
    assertThat(library.providers()).contains("CPUExecutionProvider");
    if (!library.providers().contains("CUDAExecutionProvider")) {
      CudaProbe probe = new CudaProbe(library);
      assertThat(probe.obstacle().orElse(""))
          .contains("built without the CUDA provider", OrtLibrary.platform() + "-gpu");
      assertThat(probe.obstacle()).isSameAs(probe.obstacle());
    }
  }
}
