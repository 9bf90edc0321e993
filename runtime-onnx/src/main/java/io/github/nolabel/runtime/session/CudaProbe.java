package io.github.nolabel.runtime.session;

import io.github.nolabel.api.train.MemoryExhaustedException;
import io.github.nolabel.runtime.device.CudaDriver;
import io.github.nolabel.runtime.device.CudaLibraries;
import io.github.nolabel.runtime.device.DeviceChoice;
import io.github.nolabel.runtime.memory.NativeLibraries;
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
  private final CudaLibraries libraries = new CudaLibraries(NativeLibraries::obstacle);
  private final CudaDriver driver = CudaDriver.ofThisComputer();
  private Optional<String> obstacle = Optional.empty();
  private boolean probed;

  public CudaProbe(OrtLibrary library) {
    this.library = library;
  }

  /** Whether this build of ONNX Runtime brings the CUDA provider. */
  public boolean isBuiltIn() {
    return library.providers().contains(PROVIDER);
  }

  /** Whether the driver is there, or this build brings the CUDA provider. */
  public boolean isExpected() {
    return isBuiltIn() || driver.isPresent();
  }

  public CudaLibraries libraries() {
    return libraries;
  }

  public CudaDriver driver() {
    return driver;
  }

  /** What is missing for CUDA, as sentences; empty if a session opened on it. */
  public synchronized Optional<String> obstacle() {
    if (!probed) {
      obstacle = probe();
      probed = true;
    }
    return obstacle;
  }

  private Optional<String> probe() {
    if (!isBuiltIn()) {
      return Optional.of(
          "ONNX Runtime's library for %s was built without the CUDA provider; put org.bytedeco:onnxruntime with the classifier %s-gpu on the class path (Maven profile 'cuda', or NOLABEL_DEVICE=cuda for the launcher)."
              .formatted(OrtLibrary.platform(), OrtLibrary.platform()));
    }
    return libraries.obstacle().or(this::sessionObstacle);
  }

  private Optional<String> sessionObstacle() {
    try {
      new ModelSession(library, IDENTITY_MODEL, new DeviceChoice(true, 1)).close();
      return Optional.empty();
    } catch (MemoryExhaustedException e) {
      return Optional.of(
          "%s. Other programs have taken the card's memory.".formatted(e.getMessage()));
    } catch (OnnxRuntimeException e) {
      String cause =
          driver.isTooOld()
              ? "The driver is too old for CUDA 13: update it."
              : "It needs an NVIDIA card and a driver that runs CUDA 13.";
      return Optional.of("%s. %s".formatted(e.getMessage(), cause));
    }
  }
}
