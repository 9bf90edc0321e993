package io.github.nolabel.spark;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one worker keeps for itself between rounds.
 *
 * @param tensors its queues and the like in one row
 * @param slots what its controllers remember
 */
record LocalState(int worker, Row tensors, Map<String, Double> slots) implements Serializable {

  LocalState {
    slots = new LinkedHashMap<>(slots);
  }

  /** The same for another worker to begin with. */
  LocalState of(int other) {
    return new LocalState(other, tensors, slots);
  }
}
