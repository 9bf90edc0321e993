package io.github.nolabel.imported.table;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.graph.Value;

/** What a name of the file stands for. */
public sealed interface Item permits Known, Item.Live, Item.Weight {

  /** Computed from the images or from weights, step by step. */
  record Live(Value value) implements Item {}

  /** A float initializer: a parameter where it is computed with, a constant where it sets. */
  record Weight(String name, Tensor initial) implements Item {

    /** One number is as good as a constant, unless its place says that it is a parameter. */
    boolean single() {
      return initial.elements() == 1;
    }
  }
}
