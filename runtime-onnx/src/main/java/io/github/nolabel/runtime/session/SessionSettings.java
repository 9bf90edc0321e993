package io.github.nolabel.runtime.session;

import io.github.nolabel.runtime.device.DeviceChoice;
import io.github.nolabel.runtime.memory.NativeScope;
import io.github.nolabel.runtime.memory.OrtErrors;
import io.github.nolabel.runtime.memory.OrtLibrary;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.onnxruntime.OrtSessionOptions;
import org.bytedeco.onnxruntime.global.onnxruntime;

/** The native options every session is opened with. */
final class SessionSettings {

  private static final String ATTEMPT = "set session options";

  private final OrtLibrary library;
  private final OrtErrors errors;
  private final NativeScope scope;
  private final OrtSessionOptions options = new OrtSessionOptions();

  private SessionSettings(OrtLibrary library, NativeScope scope) {
    this.library = library;
    this.errors = library.errors();
    this.scope = scope;
    errors.check(library.api().CreateSessionOptions(options), "create session options");
    scope.own(options, library.api()::ReleaseSessionOptions);
  }

  /** Options that live as long as {@code scope}. */
  static OrtSessionOptions open(OrtLibrary library, DeviceChoice device, NativeScope scope) {
    return new SessionSettings(library, scope).set(device);
  }

  private OrtSessionOptions set(DeviceChoice device) {
    errors.check(library.api().SetIntraOpNumThreads(options, device.threads()), ATTEMPT);
    errors.check(
        library.api().SetSessionLogSeverityLevel(options, onnxruntime.ORT_LOGGING_LEVEL_FATAL),
        ATTEMPT);
    errors.check(library.api().SetDeterministicCompute(options, true), ATTEMPT);
    // Threads that spin while they wait take the processor from those that load images.
    configure("session.intra_op.allow_spinning", "0");
    device
        .config()
        .profilePrefix()
        .ifPresent(
            prefix -> errors.check(library.api().EnableProfiling(options, text(prefix)), ATTEMPT));
    if (!device.cuda()) {
      placeTensors();
    }
    if (device.cuda()) {
      CudaOptions.append(library, device.config(), options);
      if (!device.config().cpuFallback()) {
        configure("session.disable_cpu_ep_fallback", "1");
      }
    }
    return options;
  }

  private void placeTensors() {
    if (library.hasTensorMemory()) {
      configure("session.use_env_allocators", "1");
    } else {
      // From the second run on, a plan of all memory would be laid beside what the first run took.
      errors.check(library.api().DisableMemPattern(options), ATTEMPT);
    }
  }

  private void configure(String key, String value) {
    errors.check(library.api().AddSessionConfigEntry(options, text(key), text(value)), ATTEMPT);
  }

  private BytePointer text(String value) {
    return scope.own(
        new BytePointer(value, java.nio.charset.StandardCharsets.UTF_8), BytePointer::close);
  }
}
