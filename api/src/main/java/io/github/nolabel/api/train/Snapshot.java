package io.github.nolabel.api.train;

import io.github.nolabel.api.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a run stands between two updates: all that the coming ones depend on.
 *
 * @param step updates done
 * @param slots what controllers remember, by name
 * @param state all state tensors, by name
 * @param apart what {@link Rounds} want back when the run is resumed, by name; mostly nothing
 */
public record Snapshot(
    long step, Map<String, Double> slots, Map<String, Tensor> state, Map<String, Tensor> apart) {

  public Snapshot {
    slots = Collections.unmodifiableMap(new LinkedHashMap<>(slots));
    state = Collections.unmodifiableMap(new LinkedHashMap<>(state));
    apart = Collections.unmodifiableMap(new LinkedHashMap<>(apart));
  }

  /** With nothing apart. */
  public Snapshot(long step, Map<String, Double> slots, Map<String, Tensor> state) {
    this(step, slots, state, Map.of());
  }
}
