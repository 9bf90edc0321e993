package io.github.nolabel.objective;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.export.BackboneExporter;
import io.github.nolabel.api.export.PreprocessingMetadata;
import io.github.nolabel.api.train.OnnxModel;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.onnx.OnnxWriter;
import io.github.nolabel.onnx.StateLookup;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Exports an objective's cuts; the files say how images are prepared for them.
 *
 * @param preprocessing of the images that they are shown
 */
record CutExporter(Objective objective, Preprocessing preprocessing) implements BackboneExporter {

  CutExporter(Objective objective) {
    this(objective, objective.inputs().evaluation());
  }

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
    SortedMap<String, String> entries = new TreeMap<>(metadata);
    entries.putAll(PreprocessingMetadata.of(preprocessing));
    return OnnxWriter.inference(
        InferenceGraphs.of(Cuts.find(objective, cut), objective.evaluationInput()), state, entries);
  }

  @Override
  public Map<String, Tensor> weights(Map<String, Tensor> state, String cut) {
    Map<String, Tensor> weights = new LinkedHashMap<>();
    InferenceGraphs.of(Cuts.find(objective, cut), objective.evaluationInput())
        .parameters()
        .forEach(p -> weights.put(p.name(), StateLookup.require(state, p)));
    return weights;
  }
}
