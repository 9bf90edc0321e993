package io.github.nolabel.objective;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.export.BackboneExporter;
import io.github.nolabel.api.spi.Suggestions;
import io.github.nolabel.api.train.OnnxModel;
import io.github.nolabel.onnx.OnnxWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Exports an objective's cuts. */
record CutExporter(Objective objective) implements BackboneExporter {

  @Override
  public List<String> cuts() {
    return objective.cuts().stream().map(Cut::name).toList();
  }

  @Override
  public OnnxModel export(Map<String, Tensor> state, String cut, Map<String, String> metadata) {
    return OnnxWriter.inference(
        InferenceGraphs.of(find(cut), objective.views()), state, new TreeMap<>(metadata));
  }

  private Cut find(String name) {
    return objective.cuts().stream()
        .filter(cut -> cut.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UserMistake(
                    "The network cannot be cut at '%s'.%s Cuts: %s."
                        .formatted(
                            name,
                            Suggestions.didYouMean(name, cuts()),
                            String.join(", ", cuts()))));
  }
}
