package io.github.nolabel.runtime.device;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The shared libraries that ONNX Runtime's CUDA provider is linked against, and the driver. */
public final class CudaLibraries {

  /** Comes with NVIDIA's driver; the others do not. */
  public static final String DRIVER = "libcuda.so.1";

  /** What the provider names, each after those it needs itself; then who brings it. */
  private static final Map<String, String> NEEDED = new LinkedHashMap<>();

  static {
    NEEDED.put("libcudart.so.13", "CUDA 13");
    NEEDED.put("libcublasLt.so.13", "CUDA 13");
    NEEDED.put("libcublas.so.13", "CUDA 13");
    NEEDED.put("libcufft.so.12", "CUDA 13");
    NEEDED.put("libcudnn.so.9", "cuDNN 9");
  }

  private final Function<String, Optional<String>> load;

  /**
   * @param load loads a library by name and says why that failed, if it did
   */
  public CudaLibraries(Function<String, Optional<String>> load) {
    this.load = load;
  }

  /** Whether the driver's library is there. */
  public boolean hasDriver() {
    return load.apply(DRIVER).isEmpty();
  }

  /** Those of CUDA and cuDNN that cannot be loaded. */
  public List<String> missing() {
    return NEEDED.keySet().stream().filter(name -> load.apply(name).isPresent()).toList();
  }

  /** All that CUDA and cuDNN have to bring. */
  public static List<String> names() {
    return List.copyOf(NEEDED.keySet());
  }

  /** What is missing and what to do, as sentences; empty if all is there. */
  public Optional<String> obstacle() {
    List<String> sentences = new ArrayList<>();
    List<String> missing = missing();
    if (!missing.isEmpty()) {
      sentences.add(
          "%s cannot be loaded. Install %s, or name the folders that hold them in LD_LIBRARY_PATH; PyTorch's wheels for CUDA 13 bring them in site-packages/nvidia/*/lib."
              .formatted(reasons(missing), products(missing)));
    }
    if (!hasDriver()) {
      sentences.add(
          "The NVIDIA driver's %s cannot be loaded. Install the driver, version %d or later."
              .formatted(DRIVER, CudaDriver.OLDEST));
    }
    return sentences.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", sentences));
  }

  /** The names, and of the first one what the loader said. */
  private String reasons(List<String> missing) {
    String first = load.apply(missing.get(0)).orElse("");
    return "%s (%s)".formatted(String.join(", ", missing), first);
  }

  private static String products(List<String> missing) {
    return missing.stream().map(NEEDED::get).distinct().collect(Collectors.joining(" and "));
  }
}
