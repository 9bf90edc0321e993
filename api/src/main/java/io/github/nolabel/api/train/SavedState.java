package io.github.nolabel.api.train;

import io.github.nolabel.api.Tensor;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a checkpoint holds of a run, to look at or to export; the files are not changed.
 *
 * @param checkpoint its folder
 * @param step updates done when it was written
 * @param state all state tensors by name
 */
public record SavedState(Path checkpoint, long step, Map<String, Tensor> state) {

  public SavedState {
    state = Collections.unmodifiableMap(new LinkedHashMap<>(state));
  }
}
