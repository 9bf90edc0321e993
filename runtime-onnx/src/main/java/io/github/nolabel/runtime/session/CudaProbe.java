package io.github.nolabel.runtime.session;

import io.github.nolabel.runtime.device.DeviceChoice;
import io.github.nolabel.runtime.memory.OnnxRuntimeException;
import io.github.nolabel.runtime.memory.OrtLibrary;
import java.util.Base64;
import java.util.Optional;

/** Finds out, once, whether a session can run on CUDA here. */
public final class CudaProbe {

  private static final String PROVIDER = "CUDAExecutionProvider";

  /** An ONNX model of one node, {@code y = Identity(x)} on float[1]. */
  static final byte[] IDENTITY_MODEL =
      Base64.getDecoder()
          .decode(
              "CAg6OwoQCgF4EgF5IghJZGVudGl0eRIFcHJvYmVaDwoBeBIKCggIARIECgIIAWIPCgF5EgoKCAgBEgQKAggBQgQKABAR");

  private final OrtLibrary library;
  private Optional<String> obstacle = Optional.empty();
  private boolean probed;

  public CudaProbe(OrtLibrary library) {
    this.library = library;
  }

  /** What is missing for CUDA, as a sentence; empty if a session opened on it. */
  public synchronized Optional<String> obstacle() {
    if (!probed) {
      obstacle = probe();
      probed = true;
    }
    return obstacle;
  }

  private Optional<String> probe() {
    if (!library.providers().contains(PROVIDER)) {
      return Optional.of(
          "ONNX Runtime's library for %s was built without the CUDA provider; put org.bytedeco:onnxruntime with the classifier %s-gpu on the class path (Maven profile 'cuda')."
              .formatted(OrtLibrary.platform(), OrtLibrary.platform()));
    }
    try {
      new ModelSession(library, IDENTITY_MODEL, new DeviceChoice(true, 1)).close();
      return Optional.empty();
    } catch (OnnxRuntimeException e) {
      return Optional.of(
          "%s. It needs an NVIDIA driver, CUDA 13 and cuDNN 9 on the library path."
              .formatted(e.getMessage()));
    }
  }
}
