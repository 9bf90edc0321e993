package io.github.nolabel.imported;

import io.github.nolabel.graph.Value;
import io.github.nolabel.imported.table.Call;
import io.github.nolabel.imported.table.Item;
import io.github.nolabel.imported.table.Use;
import io.github.nolabel.imported.table.Weights;
import java.util.Map;

/** The parameters that were declared for the weights of a file. */
record AttachedWeights(Map<String, Value> byName) implements Weights {

  @Override
  public Value value(Item.Weight weight, Use use, Call call) {
    Value value = byName.get(weight.name());
    if (value == null) {
      throw new IllegalStateException("weight '" + weight.name() + "' was not declared");
    }
    return value;
  }

  @Override
  public void used(Value value, Use use, Call call) {}

  @Override
  public void kept(String name, String why) {}

  @Override
  public void passedOn(Value source, Value result) {}
}
