package io.github.nolabel.runtime.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CudaLibrariesTest {

  private static CudaLibraries without(String... names) {
    return new CudaLibraries(
        name ->
            Set.of(names).contains(name)
                ? Optional.of(name + ": cannot open shared object file")
                : Optional.empty());
  }

  @Test
  void nothingMissingIsNoObstacle() {
    assertThat(without().obstacle()).isEmpty();
    assertThat(without().missing()).isEmpty();
    assertThat(without().hasDriver()).isTrue();
  }

  /** As {@code readelf -d libonnxruntime_providers_cuda.so} lists them. */
  @Test
  void allThatTheProviderIsLinkedAgainstIsLookedFor() {
    assertThat(CudaLibraries.names())
        .containsExactlyInAnyOrder(
            "libcublasLt.so.13",
            "libcublas.so.13",
            "libcufft.so.12",
            "libcudart.so.13",
            "libcudnn.so.9");
  }

  @Test
  void aMissingLibraryIsNamedWithWhatBringsIt() {
    assertThat(without("libcudnn.so.9").obstacle().orElse(""))
        .startsWith("libcudnn.so.9 (libcudnn.so.9: cannot open shared object file) cannot be")
        .contains("Install cuDNN 9,", "LD_LIBRARY_PATH")
        .doesNotContain("cublas", "CUDA 13,", "driver");
    assertThat(without("libcufft.so.12", "libcudnn.so.9").obstacle().orElse(""))
        .contains("libcufft.so.12, libcudnn.so.9", "Install CUDA 13 and cuDNN 9,");
  }

  @Test
  void aMissingDriverIsNamedApart() {
    CudaLibraries libraries = without("libcuda.so.1");
    assertThat(libraries.hasDriver()).isFalse();
    assertThat(libraries.obstacle().orElse(""))
        .startsWith("The NVIDIA driver's libcuda.so.1 cannot be loaded.")
        .contains("version 580");
  }
}
