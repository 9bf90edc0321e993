package io.github.nolabel.networks.table;

import io.github.nolabel.graph.Value;

/** Gives weights of the file their place in a graph. */
public interface Weights {

  /** The parameter for a weight. */
  Value value(FileValue.Weight weight, WeightUse use, OperatorCall call);

  /** Says what {@code value} is used for, in case a weight hides behind it. */
  void used(Value value, WeightUse use, OperatorCall call);

  /** Says that a float initializer stays a constant, and why, in a few words. */
  void kept(String name, String why);

  /** Says that something is computed with a kernel that is no weight. */
  void frozen(String name);

  /** Says that {@code result} is {@code source} in another layout. */
  void passedOn(Value source, Value result);
}
