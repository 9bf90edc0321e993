package io.github.nolabel.spark;

import io.github.nolabel.api.train.JointPart;
import io.github.nolabel.api.train.StateTensor;
import java.util.List;

/**
 * Rows of a joint batch's workers.
 *
 * @param read the state with which images pass the networks
 * @param moved sums of gradients, and statistics
 */
record JointLayout(RowLayout read, RowLayout moved) {

  static JointLayout of(JointPart part) {
    List<StateTensor> state = part.worker().program().state();
    return new JointLayout(
        new RowLayout(state.stream().filter(t -> !isSum(t)).toList()),
        new RowLayout(state.stream().filter(t -> !t.trained()).toList()));
  }

  /** Whether workers' values are to be added up; others are averaged. */
  static boolean isSum(StateTensor tensor) {
    return tensor.name().startsWith(JointPart.SUM);
  }
}
