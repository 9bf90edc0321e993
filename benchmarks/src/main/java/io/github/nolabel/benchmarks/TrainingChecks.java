package io.github.nolabel.benchmarks;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.OptimizerConfig;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.api.train.TrainingListener;
import io.github.nolabel.method.CompiledMethod;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** SimCLR on the device: that it learns, agrees with the CPU, resumes, and keeps its memory. */
final class TrainingChecks {

  static final int SIZE = 32;
  private static final int SHORT = 2;
  private static final int MANY = 64;

  /** The CUDA kernel keeps the unbiased variance, the CPU's the biased one. */
  private static final double OF_STATISTICS = 2e-2;

  /**
   * Weights that began at zero are a step's gradient alone, and a rounding turns the sign before
   * some rectifier: two sets of kernels on one CPU are 4e-3 apart after a step, and a third after
   * five.
   */
  private static final double OF_FIRST_STEP = 2e-2;

  private static final double OF_WEIGHTS = 5e-3;
  private static final double OF_LOSSES = 5e-3;

  private final Device device;
  private final Path folder;

  TrainingChecks(Device device, Path folder) {
    this.device = device;
    this.folder = folder;
  }

  /** State after the first step, and the losses of two, beside those of the CPU. */
  Check agreement() {
    RunSpec spec = Run.spec("resnet18", Map.of("stem", "cifar"), SIZE, MANY, SHORT, Run.descent());
    CompiledMethod simClr = Run.simClr(spec);
    Gratings batches = new Gratings(MANY, SIZE, SHORT);
    try (Run here = Run.open(simClr.recipe(), spec, device, folder.resolve("here"), false);
        Run there =
            Run.open(simClr.recipe(), spec, Device.exact("cpu"), folder.resolve("cpu"), false)) {
      here.train(batches, 1, new TrainingListener() {});
      there.train(batches, 1, new TrainingListener() {});
      Map<String, Tensor> expected = there.trainer().state();
      Map<String, Tensor> actual = here.trainer().state();
      double weights = Distances.worst(expected, actual, TrainingChecks::isWeight);
      double statistics = Distances.worst(expected, actual, TrainingChecks::isStatistic);
      here.train(batches);
      there.train(batches);
      double losses = apart(there.losses(), here.losses());
      return Check.of(
          "state and BatchNorm",
          losses <= OF_LOSSES && weights <= OF_FIRST_STEP && statistics <= OF_STATISTICS,
          "losses of %d steps %.1e apart (%.0e); after the first weights %.1e (%.0e), statistics %.1e (%.0e)"
              .formatted(
                  SHORT, losses, OF_LOSSES, weights, OF_FIRST_STEP, statistics, OF_STATISTICS));
    }
  }

  private static boolean isStatistic(String name) {
    return name.contains("/running_");
  }

  private static boolean isWeight(String name) {
    return name.startsWith("student/") && !isStatistic(name);
  }

  private static double apart(List<Double> expected, List<Double> actual) {
    double apart = expected.size() == actual.size() ? 0 : Double.POSITIVE_INFINITY;
    for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
      double difference = Math.abs(expected.get(i) - actual.get(i));
      apart = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(apart, difference);
    }
    return apart;
  }

  /** A run that is stopped and resumed beside one that is not. */
  Check resume() {
    RunSpec spec = Run.spec("small-cnn", Map.of(), SIZE, 16, 10, Run.descent());
    CompiledMethod simClr = Run.simClr(spec);
    Gratings batches = new Gratings(16, SIZE, 7);
    Path stopped = folder.resolve("stopped");
    try (Run straight = Run.open(simClr.recipe(), spec, device, folder.resolve("whole"), false);
        Run first = Run.open(simClr.recipe(), spec, device, stopped, false)) {
      straight.train(batches);
      first.train(batches, 4, new TrainingListener() {});
      try (Run second = Run.open(simClr.recipe(), spec, device, stopped, true)) {
        long from = second.trainer().step();
        second.train(batches);
        double apart =
            Distances.worst(
                straight.trainer().state(), second.trainer().state(), TrainingChecks::isWeight);
        double allowed = device.isCuda() ? OF_WEIGHTS : 0;
        return Check.of(
            "checkpoint and resume",
            from == 4 && apart <= allowed,
            "resumed at %d of 10, weights %.1e apart (%.0e)".formatted(from, apart, allowed));
      }
    }
  }

  /** A few hundred steps: whether it learns, and what memory does meanwhile. */
  List<Check> learning(int steps) {
    RunSpec spec = Run.spec("small-cnn", Map.of(), SIZE, MANY, steps, OptimizerConfig.DEFAULTS);
    CompiledMethod simClr = Run.simClr(spec);
    Memory memory = new Memory(steps);
    try (Run run = Run.open(simClr.recipe(), spec, device, folder.resolve("long"), false)) {
      run.train(new Gratings(MANY, SIZE, 32), Long.MAX_VALUE, memory);
      int share = Math.max(1, steps / 10);
      double first = mean(run.losses().subList(0, share));
      double last = mean(run.losses().subList(steps - share, steps));
      Check neighbours = new ExportChecks(device, simClr, run.trainer()).neighbours();
      Check export = new ExportChecks(device, simClr, run.trainer()).export();
      return List.of(
          Check.of(
              "SimCLR learns",
              last < 0.8 * first,
              "%d steps: loss %.3f to %.3f (0.8 of the first)".formatted(steps, first, last)),
          memory.check(),
          export,
          neighbours);
    }
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }

  /** What the memory was at a third of the way and at the end. */
  private final class Memory implements TrainingListener {

    private final int steps;
    private final List<Footprint> measured = new ArrayList<>();

    Memory(int steps) {
      this.steps = steps;
    }

    @Override
    public void onStep(StepReport report) {
      if (report.step() == Math.max(1, steps / 3) || report.step() == steps) {
        measured.add(Footprint.now(device.isCuda() ? CardMemory.usedMib() : 0));
      }
    }

    Check check() {
      return measured.get(measured.size() - 1).flatSince(measured.get(0));
    }
  }
}
