package io.github.nolabel.benchmarks;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.NolabelException;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.autodiff.rules.GradientTrial;
import io.github.nolabel.runtime.memory.OrtLibrary;
import io.github.nolabel.runtime.session.ModelRunner;
import io.github.nolabel.testing.Nd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every case of the gradient table on the device, against float64. */
final class GradientChecks {

  /** Other sums and other convolutions than the CPU's: this much more than its tolerance. */
  private static final double CUDA_MARGIN = 10;

  private final OrtLibrary library = OrtLibrary.load();
  private final Device device;

  GradientChecks(Device device) {
    this.device = device;
  }

  Check run() {
    List<String> failures = new ArrayList<>();
    double worst = 0;
    List<GradientTrial> trials = GradientTrial.all();
    for (GradientTrial trial : trials) {
      try {
        double share = share(trial);
        worst = Math.max(worst, share);
        if (!(share <= 1)) {
          failures.add("%s (%.1f times its tolerance)".formatted(trial.name(), share));
        }
      } catch (NolabelException e) {
        failures.add("%s (%s)".formatted(trial.name(), e.getMessage()));
      }
    }
    return Check.of(
        "gradient rules",
        failures.isEmpty(),
        failures.isEmpty()
            ? "%d cases, worst %.2f of its tolerance".formatted(trials.size(), worst)
            : "%d of %d fail: %s"
                .formatted(failures.size(), trials.size(), String.join("; ", failures)));
  }

  /** One case alone. */
  Check run(GradientTrial trial) {
    double share = share(trial);
    return Check.of(
        "gradient " + trial.name(), share <= 1, "%.2f of its tolerance".formatted(share));
  }

  private double share(GradientTrial trial) {
    return error(trial) / (trial.tolerance() * (device.isCuda() ? CUDA_MARGIN : 1));
  }

  /** The largest error of any output, relative to the output's largest element, at least 1. */
  private double error(GradientTrial trial) {
    Map<String, Tensor> feeds = new LinkedHashMap<>(trial.feeds());
    feeds.put(TrainingProgram.RESET, Tensor.zeros(ElementType.BOOL, 1));
    Map<String, Tensor> results = new LinkedHashMap<>();
    trial.expected().forEach((name, value) -> results.put(name, empty(value)));
    try (ModelRunner runner = new ModelRunner(library, trial.model().bytes(), device.choice())) {
      runner.run(feeds, results);
    }
    double worst = 0;
    for (Map.Entry<String, Nd> expected : trial.expected().entrySet()) {
      Tensor actual = results.get(expected.getKey());
      if (actual != null) {
        worst = Math.max(worst, error(expected.getValue(), Nd.of(actual)));
      }
    }
    return worst;
  }

  private static Tensor empty(Nd like) {
    return Tensor.zeros(like.type(), Arrays.stream(like.shape()).asLongStream().toArray());
  }

  private static double error(Nd expected, Nd actual) {
    double size = 1;
    double apart = 0;
    for (int i = 0; i < expected.size(); i++) {
      size = Math.max(size, Math.abs(expected.at(i)));
      double difference = Math.abs(expected.at(i) - actual.at(i));
      apart = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(apart, difference);
    }
    return apart / size;
  }
}
