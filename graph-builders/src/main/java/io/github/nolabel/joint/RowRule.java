package io.github.nolabel.joint;

import io.github.nolabel.graph.Node;
import io.github.nolabel.graph.Value;
import java.util.Map;
import java.util.Optional;

/** Whether an operator leaves the images of a batch alone, and where they are in its results. */
@FunctionalInterface
interface RowRule {

  /**
   * The images in an output; empty if it depends on several of them.
   *
   * @param rows where they are in those inputs that have any; at least one
   */
  Optional<Rows> apply(Node node, Value output, Map<Value, Rows> rows);
}
