package io.github.nolabel.runtime.session;

import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.runtime.device.DeviceChoice;
import io.github.nolabel.runtime.kernels.KernelChoice;
import io.github.nolabel.runtime.kernels.SessionKernels;
import io.github.nolabel.runtime.memory.NativeScope;
import io.github.nolabel.runtime.memory.OrtErrors;
import io.github.nolabel.runtime.memory.OrtLibrary;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.SizeTPointer;
import org.bytedeco.onnxruntime.OrtSession;
import org.bytedeco.onnxruntime.OrtSessionOptions;
import org.bytedeco.onnxruntime.OrtTypeInfo;
import org.bytedeco.onnxruntime.global.onnxruntime;

/** A plain inference session and its signature. */
final class ModelSession implements AutoCloseable {

  private final OrtLibrary library;
  private final OrtErrors errors;
  private final NativeScope scope = new NativeScope();
  private final OrtSession session = new OrtSession();

  /**
   * @throws io.github.nolabel.runtime.memory.OnnxRuntimeException if it is no valid model
   */
  ModelSession(OrtLibrary library, byte[] model, DeviceChoice device) {
    this.library = library;
    this.errors = library.errors();
    try (NativeScope opening = new NativeScope()) {
      open(model, SessionSettings.open(library, device, opening));
    }
  }

  /** With these kernels, each node as it is: fusions and they do not know each other. */
  ModelSession(OrtLibrary library, byte[] model, DeviceChoice device, KernelChoice choice) {
    this.library = library;
    this.errors = library.errors();
    SessionKernels kernels =
        scope.own(SessionKernels.open(library, choice, device.threads()), SessionKernels::close);
    try (NativeScope opening = new NativeScope()) {
      OrtSessionOptions options = SessionSettings.open(library, device, opening);
      errors.check(
          library.api().SetSessionGraphOptimizationLevel(options, onnxruntime.ORT_DISABLE_ALL),
          "keep nodes as they are");
      kernels.addTo(options);
      open(kernels.training(model, device.config().imageGradient(), device.cuda()), options);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void open(byte[] model, OrtSessionOptions options) {
    ByteBuffer bytes = ByteBuffer.allocateDirect(Math.max(1, model.length)).put(0, model);
    errors.check(
        library
            .api()
            .CreateSessionFromArray(
                library.environment(), new Pointer(bytes), model.length, options, session),
        "open the model");
    scope.own(session, library.api()::ReleaseSession);
  }

  OrtSession session() {
    return session;
  }

  /**
   * @throws IllegalArgumentException if an input is no tensor of a known type and shape
   */
  List<TensorSpec> inputs() {
    try (SizeTPointer count = new SizeTPointer(1)) {
      errors.check(library.api().SessionGetInputCount(session, count), "count inputs");
      List<TensorSpec> specs = new ArrayList<>();
      for (long i = 0; i < count.get(); i++) {
        OrtTypeInfo type = new OrtTypeInfo();
        errors.check(library.api().SessionGetInputTypeInfo(session, i, type), "read an input");
        specs.add(TypeInfos.spec(library, name(true, i), type));
      }
      return specs;
    }
  }

  /**
   * @throws IllegalArgumentException if an output is no tensor of a known type and shape
   */
  List<TensorSpec> outputs() {
    try (SizeTPointer count = new SizeTPointer(1)) {
      errors.check(library.api().SessionGetOutputCount(session, count), "count outputs");
      List<TensorSpec> specs = new ArrayList<>();
      for (long i = 0; i < count.get(); i++) {
        OrtTypeInfo type = new OrtTypeInfo();
        errors.check(library.api().SessionGetOutputTypeInfo(session, i, type), "read an output");
        specs.add(TypeInfos.spec(library, name(false, i), type));
      }
      return specs;
    }
  }

  private String name(boolean input, long index) {
    try (PointerPointer<BytePointer> out = new PointerPointer<>(1)) {
      var api = library.api();
      var allocator = library.hostAllocator();
      errors.check(
          input
              ? api.SessionGetInputName(session, index, allocator, out)
              : api.SessionGetOutputName(session, index, allocator, out),
          "read a name");
      String name = out.getString(0);
      errors.check(api.AllocatorFree(allocator, out.get(0)), "free a name");
      return name;
    }
  }

  @Override
  public void close() {
    scope.close();
    library.releaseTensorMemory();
  }
}
