package io.github.nolabel.runtime.session;

import io.github.nolabel.runtime.device.DeviceChoice;
import io.github.nolabel.runtime.memory.NativeScope;
import io.github.nolabel.runtime.memory.OrtErrors;
import io.github.nolabel.runtime.memory.OrtLibrary;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.onnxruntime.OrtCUDAProviderOptionsV2;
import org.bytedeco.onnxruntime.OrtSessionOptions;
import org.bytedeco.onnxruntime.global.onnxruntime;

/** The native options every session is opened with. */
final class SessionSettings {

  private SessionSettings() {}

  /** Options that live as long as {@code scope}. */
  static OrtSessionOptions open(OrtLibrary library, DeviceChoice device, NativeScope scope) {
    OrtErrors errors = library.errors();
    OrtSessionOptions options = new OrtSessionOptions();
    errors.check(library.api().CreateSessionOptions(options), "create session options");
    scope.own(options, library.api()::ReleaseSessionOptions);
    String attempt = "set session options";
    errors.check(library.api().SetIntraOpNumThreads(options, device.threads()), attempt);
    errors.check(
        library.api().SetSessionLogSeverityLevel(options, onnxruntime.ORT_LOGGING_LEVEL_FATAL),
        attempt);
    errors.check(library.api().SetDeterministicCompute(options, true), attempt);
    waitWithoutSpinning(library, options, scope);
    if (device.cuda()) {
      appendCuda(library, options);
    }
    return options;
  }

  /** Threads that spin while they wait take the processor from those that load images. */
  private static void waitWithoutSpinning(
      OrtLibrary library, OrtSessionOptions options, NativeScope scope) {
    BytePointer key =
        scope.own(new BytePointer("session.intra_op.allow_spinning"), BytePointer::close);
    BytePointer off = scope.own(new BytePointer("0"), BytePointer::close);
    library
        .errors()
        .check(library.api().AddSessionConfigEntry(options, key, off), "set session options");
  }

  static void appendCuda(OrtLibrary library, OrtSessionOptions options) {
    OrtCUDAProviderOptionsV2 cuda = new OrtCUDAProviderOptionsV2();
    OrtErrors errors = library.errors();
    errors.check(library.api().CreateCUDAProviderOptions(cuda), "load the CUDA provider");
    try {
      errors.check(
          library.api().SessionOptionsAppendExecutionProvider_CUDA_V2(options, cuda),
          "load the CUDA provider");
    } finally {
      library.api().ReleaseCUDAProviderOptions().call(cuda);
    }
  }
}
