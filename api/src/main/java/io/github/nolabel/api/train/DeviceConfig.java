package io.github.nolabel.api.train;

import io.github.nolabel.api.option.Option;
import io.github.nolabel.api.option.RecordOptions;
import java.util.Optional;

/**
 * How a device is used; options are set as {@code device.NAME}. They change speed and memory and
 * the last digits, not what is computed; {@code precision}, and a {@code canvas} that is smaller
 * than the images, change more digits than the others.
 */
public record DeviceConfig(
    @Option(value = "Which CUDA card, as the driver counts", min = 0, max = 1023) int card,
    @Option(
            value = "CUDA memory one session may take for tensors in MiB; 0 takes what there is",
            min = 0,
            max = 1 << 24)
        long memoryLimitMib,
    @Option("How CUDA memory grows: by what is asked for, or doubling") Growth memoryGrowth,
    @Option("How cuDNN finds the fastest convolution per shape; what it finds is kept for the run")
        ConvolutionSearch convolutionSearch,
    @Option("Let cuDNN take as much memory as its fastest convolution wants")
        boolean convolutionWorkspace,
    @Option(
            "How ONNX Runtime's kernels take the gradient of a convolution's images: with that of its"
                + " weights, or as a transposed convolution where the stride is 1")
        ImageGradient imageGradient,
    @Option("CUDA multiplies with TF32 where the card can: faster, 10 instead of 23 bits")
        boolean tf32,
    @Option("Run operators that CUDA lacks on the CPU; false refuses the program instead")
        boolean cpuFallback,
    @Option("Whose convolutions training takes on the CPU; auto takes oneDNN's where they fit")
        Kernels kernels,
    @Option(
            "What convolutions multiply on the CPU: bf16 is faster and has 8 instead of 24 bits;"
                + " auto takes it where the processor has it")
        Precision precision,
    @Option(
            "Let oneDNN's 3 x 3 convolutions on the CPU compute squares of results, where that is"
                + " quicker: less than half of the multiplications, up to three times the rounding")
        boolean tiles,
    @Option(
            "Who renders the views of images: the processor, or the device from bytes and drawn"
                + " numbers, which leaves little to the processor")
        Views views,
    @Option(
            value =
                "Side in pixels of the square on which an image travels to device.views=device; of"
                    + " larger ones the part that views show, shrunk if need be; 0 takes twice the"
                    + " views'",
            min = 0,
            max = 4096)
        int canvas,
    @Option("Path with which the names of operator profiles begin; none writes no profile")
        String profile) {

  private static final String NO_PROFILE = "none";

  /** Fixed shapes: what is asked for once is asked for again, and every search pays. */
  public static final DeviceConfig DEFAULTS =
      new DeviceConfig(
          0,
          0,
          Growth.AS_REQUESTED,
          ConvolutionSearch.EXHAUSTIVE,
          true,
          ImageGradient.TOGETHER,
          true,
          true,
          Kernels.AUTO,
          Precision.FP32,
          true,
          Views.PROCESSOR,
          0,
          NO_PROFILE);

  public DeviceConfig {
    RecordOptions.check(
        DeviceConfig.class,
        card,
        memoryLimitMib,
        memoryGrowth,
        convolutionSearch,
        convolutionWorkspace,
        imageGradient,
        tf32,
        cpuFallback,
        kernels,
        precision,
        tiles,
        views,
        canvas,
        profile);
  }

  /**
   * The same with one option changed, such as {@code with("tf32", false)}.
   *
   * @throws io.github.nolabel.api.UserMistake if there is no such option or value
   */
  public DeviceConfig with(String option, Object value) {
    return RecordOptions.with(this, option, value);
  }

  /** Where operator profiles go, as the beginning of their path; empty for nowhere. */
  public Optional<String> profilePrefix() {
    return profile.equals(NO_PROFILE) ? Optional.empty() : Optional.of(profile);
  }

  /** The same with or without TF32. */
  public DeviceConfig withTf32(boolean value) {
    return new DeviceConfig(
        card,
        memoryLimitMib,
        memoryGrowth,
        convolutionSearch,
        convolutionWorkspace,
        imageGradient,
        value,
        cpuFallback,
        kernels,
        precision,
        tiles,
        views,
        canvas,
        profile);
  }

  /** The same with a profile whose name begins with this path. */
  public DeviceConfig withProfile(String prefix) {
    return new DeviceConfig(
        card,
        memoryLimitMib,
        memoryGrowth,
        convolutionSearch,
        convolutionWorkspace,
        imageGradient,
        tf32,
        cpuFallback,
        kernels,
        precision,
        tiles,
        views,
        canvas,
        prefix);
  }

  /** How a memory pool grows. */
  public enum Growth {
    AS_REQUESTED,
    DOUBLING
  }

  /** How the gradient of a convolution's images is taken, where the kernels are ONNX Runtime's. */
  public enum ImageGradient {
    /** By the operator that takes the gradients of weights and bias, too. */
    TOGETHER,
    /** As a transposed convolution where the stride is 1: the same numbers but for rounding. */
    TRANSPOSED
  }

  /** Whose kernels a training session takes on the CPU. */
  public enum Kernels {
    /** oneDNN's where it is known to be fast on this platform and covers the program. */
    AUTO,
    /** oneDNN's for what it covers; an error where there is none. */
    ONEDNN,
    /** ONNX Runtime's own for all operators. */
    ONNXRUNTIME
  }

  /** Who renders the views of images for training. */
  public enum Views {
    /** The loader's threads. */
    PROCESSOR,
    /** The training graph, wherever it runs. */
    DEVICE
  }

  /** What convolutions multiply on the CPU; they always add up in float32. */
  public enum Precision {
    /** float32 */
    FP32,
    /**
     * bfloat16, by oneDNN: images, weights and gradients are rounded to 8 bits on their way into a
     * convolution. Weights, statistics, losses and the optimizer stay float32. An error where the
     * processor has no instructions for it.
     */
    BF16,
    /** bfloat16 where the processor has instructions for it, else float32. */
    AUTO
  }

  /** How a convolution's algorithm is chosen, slowest choice first. */
  public enum ConvolutionSearch {
    /** All are timed once per shape: a slow first step, then the fastest ones. */
    EXHAUSTIVE,
    /** cuDNN guesses. */
    HEURISTIC,
    /** Always the same one. */
    FIXED
  }
}
