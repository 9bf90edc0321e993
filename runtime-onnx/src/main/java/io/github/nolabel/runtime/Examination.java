package io.github.nolabel.runtime;

import io.github.nolabel.api.train.TrainingRuntime.Finding;
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
    findings.add(cuda());
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

  private static Finding memory() {
    long heap = Runtime.getRuntime().maxMemory() / MIB;
    long machine = OrtLibrary.machineBytes() / MIB;
    return new Finding(
        "Memory",
        machine == 0 || machine >= 2048,
        "%d MiB in the machine, Java heap up to %d MiB".formatted(machine, heap));
  }

  /** Doing without CUDA is well; the reason is what people want to see. */
  private Finding cuda() {
    Optional<String> obstacle = cuda.obstacle();
    return new Finding("CUDA", true, obstacle.map("not used: %s"::formatted).orElse("usable"));
  }
}
