package io.github.nolabel.runtime.memory;

import java.util.List;
import java.util.regex.Pattern;

/** Tells from ONNX Runtime's words whether memory is what it lacks. */
final class MemoryShortage {

  /** As its allocators, CUDA, cuDNN and cuBLAS put it. */
  private static final List<Pattern> WORDS =
      List.of(
          Pattern.compile("Failed to allocate memory for requested buffer of size \\d+"),
          Pattern.compile("Available memory of \\d+ is smaller than requested bytes of \\d+"),
          Pattern.compile("CUDA failure 2: "),
          Pattern.compile("CUDA error (\\(\\d+\\): )?cudaErrorMemoryAllocation"),
          Pattern.compile("CUDA_ERROR_OUT_OF_MEMORY"),
          Pattern.compile("CUDNN_STATUS_ALLOC_FAILED"),
          Pattern.compile("CUDNN_STATUS_INTERNAL_ERROR_DEVICE_ALLOCATION_FAILED"),
          Pattern.compile("CUBLAS_STATUS_ALLOC_FAILED"),
          Pattern.compile("std::bad_alloc"));

  private MemoryShortage() {}

  static boolean isIn(String message) {
    return WORDS.stream().anyMatch(words -> words.matcher(message).find());
  }
}
