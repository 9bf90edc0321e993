package io.github.nolabel.benchmarks;

import io.github.nolabel.api.train.DeviceConfig.Kernels;
import io.github.nolabel.api.train.DeviceSettings;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.api.train.TrainingListener;
import io.github.nolabel.benchmarks.SpeedTest.Repeated;
import io.github.nolabel.benchmarks.SpeedTest.Workload;
import io.github.nolabel.method.CompiledMethod;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * SimCLR's whole step on the CPU with ONNX Runtime's convolutions and with oneDNN's, a few steps of
 * each in turn, so that what else the machine does slows both.
 */
final class KernelTest {

  /** In a turn; the first one is not timed. */
  private static final int STEPS = 4;

  private final Path folder;
  private final int threads;

  KernelTest(Path folder, int threads) {
    this.folder = folder;
    this.threads = threads;
  }

  /** Milliseconds per step of each, how many times as fast oneDNN's were, and the last losses. */
  Map<String, Object> compare(Workload workload, int rounds) {
    RunSpec spec = workload.spec();
    CompiledMethod simClr = Run.simClr(spec);
    Repeated batches =
        new Repeated(new Gratings(workload.batchSize(), workload.imageSize(), 1).from(0).next());
    Timed theirs = new Timed(Kernels.ONNXRUNTIME);
    Timed ours = new Timed(Kernels.ONEDNN);
    try (Run plain = open(simClr, spec, theirs.kernels);
        Run fast = open(simClr, spec, ours.kernels)) {
      for (int round = 1; round <= rounds; round++) {
        plain.train(batches, (long) round * STEPS, theirs.turn());
        fast.train(batches, (long) round * STEPS, ours.turn());
      }
    }
    Map<String, Object> found = new LinkedHashMap<>();
    found.put("batch", workload.batchSize());
    found.put("threads", threads);
    List.of(theirs, ours).forEach(timed -> found.put(timed.name(), timed.figures()));
    found.put("timesAsFast", theirs.median() / ours.median());
    return found;
  }

  private Run open(CompiledMethod method, RunSpec spec, Kernels kernels) {
    DeviceSettings settings = new DeviceSettings(DeviceSettings.Device.CPU, threads);
    Device device =
        new Device("cpu", settings.with(settings.config().with("kernels", name(kernels))));
    return Run.open(method.recipe(), spec, device, folder.resolve(name(kernels)), false);
  }

  private static String name(Kernels kernels) {
    return kernels.name().toLowerCase(java.util.Locale.ROOT);
  }

  /** The steps of one kernel set. */
  private static final class Timed {

    private final Kernels kernels;
    private final List<Double> millis = new ArrayList<>();
    private double loss;

    Timed(Kernels kernels) {
      this.kernels = kernels;
    }

    String name() {
      return KernelTest.name(kernels);
    }

    TrainingListener turn() {
      return new TrainingListener() {
        private long last;

        @Override
        public void onStep(StepReport report) {
          long now = System.nanoTime();
          if (last != 0) {
            millis.add((now - last) / 1e6);
          }
          last = now;
          loss = report.loss();
        }
      };
    }

    double median() {
      List<Double> sorted = millis.stream().sorted().toList();
      return sorted.get(sorted.size() / 2);
    }

    Map<String, Object> figures() {
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("steps", millis.size());
      figures.put("medianMillis", median());
      figures.put("leastMillis", millis.stream().mapToDouble(x -> x).min().orElse(0));
      figures.put("lastLoss", loss);
      return figures;
    }
  }
}
