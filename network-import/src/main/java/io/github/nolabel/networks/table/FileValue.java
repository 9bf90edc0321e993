package io.github.nolabel.networks.table;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.graph.Value;

/** What a name of the file stands for. */
public sealed interface FileValue permits Constant, FileValue.Live, FileValue.Weight {

  /** Computed from the images or from weights, step by step. */
  record Live(Value value) implements FileValue {}

  /** A float initializer: a parameter where it is computed with, a constant where it sets. */
  record Weight(String name, Tensor initial) implements FileValue {

    /** One number is as good as a constant, unless its place says that it is a parameter. */
    boolean single() {
      return initial.elements() == 1;
    }
  }
}
