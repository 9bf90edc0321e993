package io.github.nolabel.spark;

import io.github.nolabel.api.train.StepReport;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What one worker reported of one update. */
record WorkerReport(
    long step,
    long steps,
    double epoch,
    double loss,
    double learningRate,
    double dataWaitShare,
    Map<String, Double> values)
    implements Serializable {

  static WorkerReport of(StepReport report) {
    return new WorkerReport(
        report.step(),
        report.steps(),
        report.epoch(),
        report.loss(),
        report.learningRate(),
        report.dataWaitShare(),
        new LinkedHashMap<>(report.values()));
  }

  /**
   * The mean over all workers, added up in their order.
   *
   * @param reports of one update
   */
  static StepReport mean(List<WorkerReport> reports) {
    WorkerReport first = reports.get(0);
    int count = reports.size();
    Map<String, Double> values = new LinkedHashMap<>();
    first.values().keySet().forEach(name -> values.put(name, mean(name, reports)));
    return new StepReport(
        first.step(),
        first.steps(),
        first.epoch(),
        reports.stream().mapToDouble(WorkerReport::loss).sum() / count,
        first.learningRate(),
        0,
        reports.stream().mapToDouble(WorkerReport::dataWaitShare).sum() / count,
        0,
        values);
  }

  /** Over the workers that have the value. */
  private static double mean(String name, List<WorkerReport> reports) {
    double sum = 0;
    int count = 0;
    for (WorkerReport report : reports) {
      Double value = new TreeMap<>(report.values()).get(name);
      if (value != null) {
        sum += value;
        count++;
      }
    }
    return sum / count;
  }
}
