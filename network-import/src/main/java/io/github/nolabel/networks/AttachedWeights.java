package io.github.nolabel.networks;

import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;
import io.github.nolabel.networks.table.FileValue;
import io.github.nolabel.networks.table.OperatorCall;
import io.github.nolabel.networks.table.WeightKey;
import io.github.nolabel.networks.table.WeightUse;
import io.github.nolabel.networks.table.Weights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parameters that were declared for the weights of a file. */
record AttachedWeights(Map<WeightKey, Value> byKey) implements Weights {

  /**
   * Declares them below {@code scope}.
   *
   * @param reset whether they start anew, instead of with the file's values
   */
  static AttachedWeights declare(Scope scope, List<ImportedWeight> weights, boolean reset) {
    Map<WeightKey, Value> declared = new LinkedHashMap<>();
    weights.forEach(weight -> declared.put(weight.key(), weight.declare(scope, reset)));
    return new AttachedWeights(declared);
  }

  @Override
  public Value value(FileValue.Weight weight, WeightUse use, OperatorCall call) {
    Value value = byKey.get(call.key(weight, use));
    if (value == null) {
      throw new IllegalStateException("weight '" + weight.name() + "' was not declared");
    }
    return value;
  }

  @Override
  public void used(Value value, WeightUse use, OperatorCall call) {}

  @Override
  public void kept(String name, String why) {}

  @Override
  public void frozen(String name) {}

  @Override
  public void passedOn(Value source, Value result) {}
}
