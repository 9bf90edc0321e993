package io.github.nolabel.runtime.memory;

import io.github.nolabel.api.NolabelException;
import io.github.nolabel.api.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.onnxruntime.OrtAllocator;
import org.bytedeco.onnxruntime.OrtApi;
import org.bytedeco.onnxruntime.OrtApiBase;
import org.bytedeco.onnxruntime.OrtEnv;
import org.bytedeco.onnxruntime.OrtMemoryInfo;
import org.bytedeco.onnxruntime.OrtTrainingApi;
import org.bytedeco.onnxruntime.OrtValue;
import org.bytedeco.onnxruntime.global.onnxruntime;

/** ONNX Runtime as loaded into this process, once; it stays until the process ends. */
public final class OrtLibrary {

  /** The newest interface that the pinned version offers. */
  private static final int API_VERSION = 24;

  private final OrtApi api;
  private final OrtTrainingApi training;
  private final OrtErrors errors;
  private final OrtEnv environment = new OrtEnv();
  private final OrtMemoryInfo hostMemory = new OrtMemoryInfo();
  private final OrtAllocator hostAllocator = new OrtAllocator();
  private final TensorMemory tensors;
  private final String version;
  private final AtomicLong liveViews = new AtomicLong();

  private OrtLibrary() {
    OrtApiBase base = onnxruntime.OrtGetApiBase();
    version = base.GetVersionString().call().getString();
    api = base.GetApi().call(API_VERSION);
    training = api.GetTrainingApi().call(API_VERSION);
    errors = new OrtErrors(api);
    errors.check(
        api.CreateEnv(onnxruntime.ORT_LOGGING_LEVEL_FATAL, "nolabel", environment), "start");
    errors.check(
        api.CreateCpuMemoryInfo(
            onnxruntime.OrtDeviceAllocator, onnxruntime.OrtMemTypeDefault, hostMemory),
        "describe host memory");
    errors.check(api.GetAllocatorWithDefaultOptions(hostAllocator), "find its allocator");
    tensors = new TensorMemory(hostMemory, machineBytes() / 2);
    if (hasTensorMemory()) {
      errors.check(api.RegisterAllocator(environment, tensors.allocator()), "lend it memory");
    }
  }

  /**
   * Loads the library on the first call.
   *
   * @throws NolabelException if there is none for this platform
   */
  public static OrtLibrary load() {
    try {
      return Holder.LIBRARY;
    } catch (LinkageError e) {
      throw new NolabelException(
          "ONNX Runtime's native library cannot be loaded on %s: %s. The class path needs the jars of org.bytedeco:onnxruntime, javacpp, dnnl and opencl with that classifier."
              .formatted(platform(), rootMessage(e)),
          e);
    }
  }

  /** JavaCPP's name of this platform, such as {@code linux-x86_64}. */
  public static String platform() {
    return Loader.Detector.getPlatform();
  }

  /** Memory of the machine in bytes; 0 if unknown. */
  public static long machineBytes() {
    return Pointer.totalPhysicalBytes();
  }

  /** Memory that this process holds now, Java and native together, in bytes. */
  public static long processBytes() {
    return Pointer.physicalBytes();
  }

  public OrtApi api() {
    return api;
  }

  public boolean hasTraining() {
    return training != null && !training.isNull();
  }

  /**
   * @throws NolabelException if the library was built without training
   */
  public OrtTrainingApi training() {
    if (!hasTraining()) {
      throw new NolabelException(
          "ONNX Runtime %s was built without training. Use org.bytedeco:onnxruntime, and keep com.microsoft.onnxruntime off the class path."
              .formatted(version));
    }
    return training;
  }

  /**
   * Whether sessions on the processor can share one place for what operators hand to each other:
   * where addresses cost nothing before they are written to.
   */
  public boolean hasTensorMemory() {
    return platform().startsWith("linux") && !TensorMemory.isReservedInFull();
  }

  /** Gives that place back to the system if no session uses it. */
  public void releaseTensorMemory() {
    tensors.release();
  }

  public OrtErrors errors() {
    return errors;
  }

  public OrtEnv environment() {
    return environment;
  }

  public OrtAllocator hostAllocator() {
    return hostAllocator;
  }

  public String version() {
    return version;
  }

  /** Execution providers the library was built with, preferred first. */
  public List<String> providers() {
    // The binding makes the pointer itself point to the native list.
    try (PointerPointer<Pointer> names = new PointerPointer<>()) {
      int[] count = new int[1];
      errors.check(api.GetAvailableProviders(names, count), "list its providers");
      List<String> providers = new ArrayList<>();
      for (int i = 0; i < count[0]; i++) {
        providers.add(names.getString(i));
      }
      errors.check(api.ReleaseAvailableProviders(names, count[0]), "free the list of providers");
      return providers;
    }
  }

  /** A native view of the tensor's own memory; the caller keeps the tensor and frees the view. */
  public OrtValue view(Tensor tensor) {
    OrtValue value = new OrtValue();
    long[] extents = tensor.shape().at(0);
    Pointer contents = new Pointer(tensor.bytes());
    errors.check(
        api.CreateTensorWithDataAsOrtValue(
            hostMemory,
            contents,
            tensor.bytes().capacity(),
            extents,
            extents.length,
            tensor.type().onnxCode(),
            value),
        "wrap a tensor " + tensor);
    liveViews.incrementAndGet();
    return value;
  }

  /** Views of several tensors as native calls take them; {@code scope} frees them. */
  public PointerPointer<OrtValue> views(Collection<Tensor> tensors, NativeScope scope) {
    PointerPointer<OrtValue> list =
        scope.own(new PointerPointer<OrtValue>(tensors.size()), PointerPointer::close);
    int i = 0;
    for (Tensor tensor : tensors) {
      list.put(i++, scope.own(view(tensor), this::release));
    }
    return list;
  }

  /** Frees what {@link #view} returned. */
  public void release(OrtValue view) {
    api.ReleaseValue(view);
    liveViews.decrementAndGet();
  }

  /** Views that were not freed yet, in the whole process. */
  public long liveViews() {
    return liveViews.get();
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }

  private static final class Holder {
    static final OrtLibrary LIBRARY = new OrtLibrary();
  }
}
