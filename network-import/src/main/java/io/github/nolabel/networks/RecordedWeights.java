package io.github.nolabel.networks;

import io.github.nolabel.graph.Initializer;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;
import io.github.nolabel.networks.table.FileValue;
import io.github.nolabel.networks.table.OperatorCall;
import io.github.nolabel.networks.table.WeightKey;
import io.github.nolabel.networks.table.WeightUse;
import io.github.nolabel.networks.table.Weights;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds out on a trial run which initializers are weights, and what for. */
final class RecordedWeights implements Weights {

  private final Scope scope;
  private final Map<WeightKey, FileValue.Weight> weights = new LinkedHashMap<>();
  private final Map<WeightKey, Value> values = new HashMap<>();
  private final Map<WeightKey, WeightUse> uses = new HashMap<>();
  private final Map<WeightKey, Long> groups = new HashMap<>();
  private final Map<Value, WeightKey> origins = new HashMap<>();
  private final Set<String> frozen = new LinkedHashSet<>();
  private final Map<String, String> kept = new LinkedHashMap<>();

  RecordedWeights(Scope scope) {
    this.scope = scope;
  }

  @Override
  public Value value(FileValue.Weight weight, WeightUse use, OperatorCall call) {
    Value value = values.computeIfAbsent(call.key(weight, use), key -> declare(key, weight));
    used(value, use, call);
    return value;
  }

  @Override
  public void used(Value value, WeightUse use, OperatorCall call) {
    WeightKey origin = origins.get(value);
    if (origin != null && use != WeightUse.LAYOUT && uses.putIfAbsent(origin, use) == null) {
      groups.put(origin, call.attributes().integer("group", 1));
    }
  }

  @Override
  public void kept(String name, String why) {
    kept.putIfAbsent(name, why);
  }

  @Override
  public void frozen(String name) {
    frozen.add(name);
    kept(name, "it is no initializer of floats");
  }

  @Override
  public void passedOn(Value source, Value result) {
    WeightKey origin = origins.get(source);
    if (origin != null) {
      origins.put(result, origin);
    }
  }

  /** Initializers that are no weights, though they could be: name to reason. */
  Map<String, String> kept() {
    return Collections.unmodifiableMap(kept);
  }

  /** Names of those that would be trained and have no gradient, as nothing reached needs them. */
  Set<String> unreached(Set<Value> reached) {
    Set<String> without = new LinkedHashSet<>();
    Set<String> with = new LinkedHashSet<>();
    values.forEach(
        (key, value) -> {
          if (key.node().isEmpty()) {
            (reached.contains(value) ? with : without).add(key.name());
          }
        });
    without.removeAll(with);
    return without;
  }

  /** Kernels that are none. */
  Set<String> frozen() {
    return Collections.unmodifiableSet(frozen);
  }

  List<ImportedWeight> all() {
    List<String> paths = WeightPaths.of(weights.keySet().stream().map(WeightKey::name).toList());
    List<ImportedWeight> all = new ArrayList<>();
    weights.forEach(
        (key, weight) ->
            all.add(
                new ImportedWeight(
                    key,
                    paths.get(all.size()),
                    uses.getOrDefault(key, WeightUse.DATA),
                    groups.getOrDefault(key, 1L),
                    weight.initial())));
    return List.copyOf(all);
  }

  private Value declare(WeightKey key, FileValue.Weight weight) {
    weights.put(key, weight);
    String name = "weight_" + weights.size();
    Initializer initial = Initializer.values(weight.initial());
    Value value = scope.weight(name, weight.initial().shape(), initial);
    origins.put(value, key);
    return value;
  }
}
