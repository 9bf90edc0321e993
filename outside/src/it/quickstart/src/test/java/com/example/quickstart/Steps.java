package com.example.quickstart;

import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.runs.watch.RunWatcher;
import java.util.ArrayList;
import java.util.List;

/** A watcher of one's own: the loss of every step. */
final class Steps implements RunWatcher {

  final List<Long> numbers = new ArrayList<>();
  final List<Double> losses = new ArrayList<>();

  @Override
  public void onStep(StepReport report) {
    numbers.add(report.step());
    losses.add((double) report.loss());
  }
}
