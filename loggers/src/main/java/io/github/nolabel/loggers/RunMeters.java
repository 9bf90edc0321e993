package io.github.nolabel.loggers;

import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.runs.watch.RunStart;
import io.github.nolabel.runs.watch.RunWatcher;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Meters of a run in a Micrometer registry, while it trains: a gauge per number of a step, {@code
 * nolabel.loss}, {@code nolabel.learning_rate}, {@code nolabel.step} and so on, tagged with the
 * run's folder and method. They go when training has ended. Needs {@code micrometer-core} on the
 * class path.
 */
public final class RunMeters implements RunWatcher {

  private final MeterRegistry registry;
  private final Map<String, Double> newest = new ConcurrentHashMap<>();
  private final List<Meter> meters = new ArrayList<>();
  private Tags tags = Tags.empty();

  public RunMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void onBegin(RunStart start) {
    tags = Tags.of("run", start.folder().toString(), "method", start.method());
    show("step", (double) start.step());
    show("steps", (double) start.steps());
  }

  @Override
  public void onStep(StepReport report) {
    show("step", (double) report.step());
    StepFigures.of(report).forEach(this::show);
  }

  private void show(String name, double value) {
    if (newest.put(name, value) == null) {
      meters.add(
          Gauge.builder(
                  "nolabel." + name, newest, numbers -> numbers.getOrDefault(name, Double.NaN))
              .tags(tags)
              .register(registry));
    }
  }

  @Override
  public void onEnd() {
    meters.forEach(registry::remove);
    meters.clear();
    newest.clear();
  }
}
