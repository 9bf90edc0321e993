package io.github.nolabel.cli.command;

import io.github.nolabel.runs.engine.Subject;
import io.github.nolabel.runs.file.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a protocol found that asks images and texts.
 *
 * @param figures by network, the trained one first
 * @param lines for people
 */
record TowerReport(
    String protocol,
    Subject trained,
    Map<String, Map<String, Double>> figures,
    Map<String, Object> facts,
    List<String> lines)
    implements ProtocolReport {

  @Override
  public Map<String, Object> described() {
    Map<String, Object> described = new LinkedHashMap<>(facts);
    figures.forEach(
        (network, found) ->
            described.put(
                network.equals(Subject.TRAINED) ? "results" : network, Json.finite(found)));
    return described;
  }
}
