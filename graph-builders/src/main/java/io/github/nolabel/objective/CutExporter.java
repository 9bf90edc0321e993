package io.github.nolabel.objective;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.export.BackboneExporter;
import io.github.nolabel.api.train.OnnxModel;
import io.github.nolabel.onnx.OnnxWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Exports an objective's cuts. */
record CutExporter(Objective objective) implements BackboneExporter {

  @Override
  public List<String> cuts() {
    return Cuts.names(objective);
  }

  @Override
  public Map<String, String> networks() {
    return Cuts.networks(objective);
  }

  @Override
  public OnnxModel export(Map<String, Tensor> state, String cut, Map<String, String> metadata) {
    return OnnxWriter.inference(
        InferenceGraphs.of(Cuts.find(objective, cut), objective.evaluationInput()),
        state,
        new TreeMap<>(metadata));
  }
}
