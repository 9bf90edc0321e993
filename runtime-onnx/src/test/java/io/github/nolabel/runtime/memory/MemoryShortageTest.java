package io.github.nolabel.runtime.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.train.MemoryExhaustedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The texts are those of ONNX Runtime 1.24: bfc_arena.cc, cuda_call.cc and what they wrap. */
class MemoryShortageTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Non-zero status code returned while running ConvGrad node. Name:'g' Status Message: /onnxruntime/core/framework/bfc_arena.cc:361 void* onnxruntime::BFCArena::AllocateRawInternal(size_t, bool, onnxruntime::Stream*) Failed to allocate memory for requested buffer of size 1644167168",
        "bfc_arena.cc:359 Available memory of 1048576 is smaller than requested bytes of 268435456",
        "CUDA failure 2: out of memory ; GPU=0 ; hostname=h ; file=cuda_allocator.cc ; line=48 ; expr=cudaMalloc((void**)&p, size);",
        "CUDA error cudaErrorMemoryAllocation:out of memory",
        "CUDNN failure 4: CUDNN_STATUS_ALLOC_FAILED ; GPU=0",
        "CUDNN failure 4002: CUDNN_STATUS_INTERNAL_ERROR_DEVICE_ALLOCATION_FAILED ; GPU=0",
        "CUBLAS failure 3: CUBLAS_STATUS_ALLOC_FAILED ; GPU=0",
        "Exception during initialization: std::bad_alloc"
      })
  void isRecognised(String message) {
    assertThat(MemoryShortage.isIn(message)).isTrue();
    assertThat(OrtErrors.failure("run the training step", message))
        .isInstanceOf(MemoryExhaustedException.class)
        .hasMessageContainingAll("run the training step", message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CUDA failure 209: no kernel image is available for execution on the device ; GPU=0",
        "CUDA failure 700: an illegal memory access was encountered ; GPU=0",
        "CUDNN failure 3000: CUDNN_STATUS_NOT_SUPPORTED ; GPU=0",
        "Got invalid dimensions for input: x for the following indices index: 0 Got: 3 Expected: 2"
      })
  void otherFailuresAreNot(String message) {
    assertThat(MemoryShortage.isIn(message)).isFalse();
    assertThat(OrtErrors.failure("open", message)).isInstanceOf(OnnxRuntimeException.class);
  }

  /** What ONNX Runtime does itself where the CPU has no such memory. */
  @Test
  void theProcessorsOwnFailureIsRecognised() {
    OrtLibrary library = OrtLibrary.load();
    var pointer = new org.bytedeco.javacpp.PointerPointer<>(1);
    assertThatThrownBy(
            () ->
                library
                    .errors()
                    .check(
                        library.api().AllocatorAlloc(library.hostAllocator(), 1L << 60, pointer),
                        "allocate"))
        .isInstanceOf(MemoryExhaustedException.class);
  }
}
