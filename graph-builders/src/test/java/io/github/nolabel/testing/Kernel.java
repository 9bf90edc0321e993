package io.github.nolabel.testing;

import io.github.nolabel.graph.Node;
import java.util.List;

/** What one operator computes. */
@FunctionalInterface
interface Kernel {

  List<Nd> apply(Node node, List<Nd> inputs);

  /** Of one result. */
  @FunctionalInterface
  interface Single {
    Nd apply(Node node, List<Nd> inputs);
  }

  static Kernel of(Single single) {
    return (node, inputs) -> List.of(single.apply(node, inputs));
  }
}
