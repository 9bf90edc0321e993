package io.github.nolabel.networks.table;

import io.github.nolabel.graph.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Values that are images still, at most prepared: what they are shifted and scaled by is no weight.
 */
public final class PlainImages {

  private final Set<Value> values = new HashSet<>();

  public PlainImages(Value images) {
    values.add(images);
  }

  boolean holds(FileValue item) {
    return item instanceof FileValue.Live live && values.contains(live.value());
  }

  /** Results of what is plain are plain. */
  void add(List<FileValue> results) {
    results.forEach(
        result -> {
          if (result instanceof FileValue.Live live) {
            values.add(live.value());
          }
        });
  }
}
