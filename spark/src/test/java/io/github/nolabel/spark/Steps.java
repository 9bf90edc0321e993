package io.github.nolabel.spark;

import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.runs.watch.RunWatcher;
import java.util.ArrayList;
import java.util.List;

/** Notes the losses, and stops the run if asked to. */
class Steps implements RunWatcher {
  final List<Double> losses = new ArrayList<>();
  long last = Long.MAX_VALUE;
  private Runnable stop = () -> {};

  static Steps until(long last) {
    Steps steps = new Steps();
    steps.last = last;
    return steps;
  }

  @Override
  public void onStart(Runnable stop) {
    this.stop = stop;
  }

  @Override
  public void onStep(StepReport report) {
    losses.add(report.loss());
    if (report.step() >= last) {
      stop.run();
    }
  }
}
