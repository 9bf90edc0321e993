package io.github.nolabel.networks;

import io.github.nolabel.graph.Initializer;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;
import io.github.nolabel.networks.table.FileValue;
import io.github.nolabel.networks.table.OperatorCall;
import io.github.nolabel.networks.table.WeightUse;
import io.github.nolabel.networks.table.Weights;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds out on a trial run which initializers are weights, and what for. */
final class RecordedWeights implements Weights {

  private final Scope scope;
  private final Map<String, FileValue.Weight> weights = new LinkedHashMap<>();
  private final Map<String, Value> values = new HashMap<>();
  private final Map<String, WeightUse> uses = new HashMap<>();
  private final Map<String, Long> groups = new HashMap<>();
  private final Map<Value, String> origins = new HashMap<>();
  private final Map<String, String> kept = new LinkedHashMap<>();

  RecordedWeights(Scope scope) {
    this.scope = scope;
  }

  @Override
  public Value value(FileValue.Weight weight, WeightUse use, OperatorCall call) {
    Value value = values.computeIfAbsent(weight.name(), name -> declare(weight));
    used(value, use, call);
    return value;
  }

  @Override
  public void used(Value value, WeightUse use, OperatorCall call) {
    String origin = origins.get(value);
    if (origin != null && use != WeightUse.LAYOUT && uses.putIfAbsent(origin, use) == null) {
      groups.put(origin, call.attributes().integer("group", 1));
    }
  }

  @Override
  public void kept(String name, String why) {
    kept.putIfAbsent(name, why);
  }

  @Override
  public void passedOn(Value source, Value result) {
    String origin = origins.get(source);
    if (origin != null) {
      origins.put(result, origin);
    }
  }

  /** Initializers that are no weights, though they could be: name to reason. */
  Map<String, String> kept() {
    return Collections.unmodifiableMap(kept);
  }

  List<ImportedWeight> all() {
    List<String> paths = WeightPaths.of(List.copyOf(weights.keySet()));
    List<ImportedWeight> all = new ArrayList<>();
    weights.forEach(
        (name, weight) ->
            all.add(
                new ImportedWeight(
                    name,
                    paths.get(all.size()),
                    uses.getOrDefault(name, WeightUse.DATA),
                    groups.getOrDefault(name, 1L),
                    weight.initial())));
    return List.copyOf(all);
  }

  private Value declare(FileValue.Weight weight) {
    weights.put(weight.name(), weight);
    String name = "weight_" + weights.size();
    Initializer initial = Initializer.values(weight.initial());
    Value value = scope.weight(name, weight.initial().shape(), initial);
    origins.put(value, weight.name());
    return value;
  }
}
