package io.github.nolabel.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.train.DeviceConfig;
import io.github.nolabel.api.train.DeviceConfig.ConvolutionSearch;
import io.github.nolabel.api.train.DeviceConfig.Growth;
import io.github.nolabel.api.train.DeviceConfig.Kernels;
import org.junit.jupiter.api.Test;

class CudaOptionsTest {

  @Test
  void theDefaultsSearchOncePerShapeAndTakeWhatIsAskedFor() {
    assertThat(CudaOptions.of(DeviceConfig.DEFAULTS))
        .containsEntry("device_id", "0")
        .containsEntry("arena_extend_strategy", "kSameAsRequested")
        .containsEntry("cudnn_conv_algo_search", "EXHAUSTIVE")
        .containsEntry("cudnn_conv_use_max_workspace", "1")
        .containsEntry("use_tf32", "1")
        .doesNotContainKey("gpu_mem_limit");
  }

  @Test
  void everySettingReachesTheProvider() {
    DeviceConfig config =
        new DeviceConfig(
            3,
            20_000,
            Growth.DOUBLING,
            ConvolutionSearch.HEURISTIC,
            false,
            DeviceConfig.ImageGradient.TOGETHER,
            false,
            true,
            Kernels.AUTO,
            DeviceConfig.Precision.FP32,
            true,
            DeviceConfig.Views.PROCESSOR,
            0,
            "none");
    assertThat(CudaOptions.of(config))
        .containsEntry("device_id", "3")
        .containsEntry("gpu_mem_limit", "20971520000")
        .containsEntry("arena_extend_strategy", "kNextPowerOfTwo")
        .containsEntry("cudnn_conv_algo_search", "HEURISTIC")
        .containsEntry("cudnn_conv_use_max_workspace", "0")
        .containsEntry("use_tf32", "0");
    assertThat(
            CudaOptions.of(
                new DeviceConfig(
                    0,
                    0,
                    Growth.DOUBLING,
                    ConvolutionSearch.FIXED,
                    false,
                    DeviceConfig.ImageGradient.TOGETHER,
                    false,
                    true,
                    Kernels.AUTO,
                    DeviceConfig.Precision.FP32,
                    true,
                    DeviceConfig.Views.PROCESSOR,
                    0,
                    "none")))
        .containsEntry("cudnn_conv_algo_search", "DEFAULT");
  }
}
