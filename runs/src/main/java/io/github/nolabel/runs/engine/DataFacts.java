package io.github.nolabel.runs.engine;

import io.github.nolabel.api.view.Normalisation;
import io.github.nolabel.data.Dataset;
import io.github.nolabel.data.Datasets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the record of a run says of its data. */
final class DataFacts {

  private DataFacts() {}

  static Map<String, Object> of(Dataset data, Normalisation normalisation) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("source", data.source());
    Datasets.absolute(data.source()).ifPresent(path -> facts.put("absoluteSource", path));
    facts.put("trainingImages", data.training().size());
    facts.put("evaluationImages", data.heldOut().images().size());
    facts.put("fingerprint", data.fingerprint());
    facts.put("normalisation", of(normalisation));
    data.unasked().ifPresent(why -> facts.put("unasked", why));
    return facts;
  }

  private static Map<String, Object> of(Normalisation normalisation) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("mean", normalisation.mean());
    facts.put("std", normalisation.std());
    return facts;
  }
}
