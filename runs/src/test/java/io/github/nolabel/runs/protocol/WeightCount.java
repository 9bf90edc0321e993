package io.github.nolabel.runs.protocol;

import io.github.nolabel.api.option.Option;
import io.github.nolabel.runs.engine.Subject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A protocol of a user's own: how many weights there are, in a unit of choice. */
public final class WeightCount implements Protocol<WeightCount.Unit> {

  /** Its options. */
  public record Unit(@Option(value = "Weights that count as one", min = 1, max = 1e9) int unit) {}

  @Override
  public String name() {
    return "weight-count";
  }

  @Override
  public String summary() {
    return "weights are counted";
  }

  @Override
  public Unit defaults() {
    return new Unit(1);
  }

  @Override
  public Report ask(Examination examination, Unit options) {
    Map<String, Map<String, Double>> figures = new LinkedHashMap<>();
    for (Weights weights : examination.networks().ofRun().weights()) {
      long count = weights.state().values().stream().mapToLong(tensor -> tensor.elements()).sum();
      figures.put(weights.name(), Map.of("weights", (double) count / options.unit()));
    }
    Subject trained = examination.networks().frozen().get(0);
    return Report.of(trained, Map.of(), figures, List.of("  counted"));
  }
}
