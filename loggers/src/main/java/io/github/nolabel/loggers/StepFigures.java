package io.github.nolabel.loggers;

import io.github.nolabel.api.train.StepReport;
import java.util.LinkedHashMap;
import java.util.Map;

/** The numbers of a step by the names that all logs share. */
final class StepFigures {

  private StepFigures() {}

  /** What is finite: logs have no way of writing other numbers. */
  static Map<String, Double> of(StepReport report) {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("loss", report.loss());
    figures.put("epoch", report.epoch());
    figures.put("learning_rate", report.learningRate());
    figures.put("images_per_second", report.imagesPerSecond());
    figures.put("data_wait_share", report.dataWaitShare());
    figures.putAll(report.values());
    figures.values().removeIf(value -> !Double.isFinite(value));
    return figures;
  }
}
