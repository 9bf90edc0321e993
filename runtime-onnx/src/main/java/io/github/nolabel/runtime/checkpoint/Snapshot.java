package io.github.nolabel.runtime.checkpoint;

import io.github.nolabel.api.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a run stands between two updates.
 *
 * @param step updates done
 * @param slots what controllers remember, by name
 * @param state all state tensors, by name
 */
public record Snapshot(long step, Map<String, Double> slots, Map<String, Tensor> state) {

  public Snapshot {
    slots = Collections.unmodifiableMap(new LinkedHashMap<>(slots));
    state = Collections.unmodifiableMap(new LinkedHashMap<>(state));
  }
}
