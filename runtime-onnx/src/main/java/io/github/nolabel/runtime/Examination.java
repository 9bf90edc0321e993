package io.github.nolabel.runtime;

import io.github.nolabel.api.train.TrainingRuntime.Finding;
import io.github.nolabel.runtime.device.CudaLibraries;
import io.github.nolabel.runtime.kernels.onednn.Arithmetic;
import io.github.nolabel.runtime.kernels.onednn.OneDnn;
import io.github.nolabel.runtime.memory.OrtLibrary;
import io.github.nolabel.runtime.session.CudaProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What works on this computer and what does not. */
final class Examination {

  private static final long MIB = 1 << 20;

  private final OrtLibrary library;
  private final CudaProbe cuda;

  Examination(OrtLibrary library, CudaProbe cuda) {
    this.library = library;
    this.cuda = cuda;
  }

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    findings.add(new Finding("ONNX Runtime", true, library.version()));
    findings.add(training());
    findings.add(new Finding("Native platform", true, OrtLibrary.platform()));
    findings.add(new Finding("Execution providers", true, String.join(", ", library.providers())));
    findings.add(processor());
    findings.add(memory());
    findings.add(kernels());
    findings.addAll(cuda());
    return findings;
  }

  private Finding training() {
    return library.hasTraining()
        ? new Finding("Training API", true, "present")
        : new Finding(
            "Training API",
            false,
            "missing: use org.bytedeco:onnxruntime and keep com.microsoft.onnxruntime off the class path");
  }

  private static Finding processor() {
    int cores = Runtime.getRuntime().availableProcessors();
    return new Finding("Processor", true, "%s, %d cores".formatted(Processor.name(), cores));
  }

  /** Doing without them is well. */
  private static Finding kernels() {
    return new Finding(
        "CPU kernels",
        true,
        OneDnn.obstacle()
            .map("ONNX Runtime's only; oneDNN is not used: %s"::formatted)
            .orElseGet(
                () -> "oneDNN %s (%s), ONNX Runtime's".formatted(OneDnn.version(), precisions())));
  }

  private static String precisions() {
    return Arithmetic.obstacle().map(why -> "fp32 only: " + why).orElse("fp32, bf16");
  }

  private static Finding memory() {
    long heap = Runtime.getRuntime().maxMemory() / MIB;
    long machine = OrtLibrary.machineBytes() / MIB;
    return new Finding(
        "Memory",
        machine == 0 || machine >= 2048,
        "%d MiB in the machine, Java heap up to %d MiB".formatted(machine, heap));
  }

  /**
   * Doing without CUDA is well, unless the build is one for CUDA; the reason is what people want to
   * see.
   */
  private List<Finding> cuda() {
    Optional<String> obstacle = cuda.obstacle();
    boolean well = obstacle.isEmpty() || !cuda.isBuiltIn();
    Finding usable =
        new Finding("CUDA", well, obstacle.map("not used: %s"::formatted).orElse("usable"));
    return cuda.isBuiltIn() ? List.of(cudaDriver(), cudaLibraries(), usable) : List.of(usable);
  }

  private Finding cudaDriver() {
    boolean present = cuda.libraries().hasDriver();
    return new Finding(
        "CUDA driver",
        present && !cuda.driver().isTooOld(),
        present ? cuda.driver().described() : "missing: %s".formatted(CudaLibraries.DRIVER));
  }

  private Finding cudaLibraries() {
    List<String> missing = cuda.libraries().missing();
    return missing.isEmpty()
        ? new Finding("CUDA libraries", true, String.join(", ", CudaLibraries.names()))
        : new Finding("CUDA libraries", false, "missing: " + String.join(", ", missing));
  }
}
