package io.github.nolabel.networks.table;

import io.github.nolabel.graph.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Values that are images still, at most prepared: what they are shifted and scaled by is no weight.
 */
public final class PlainImages {

  private static final double LEAST = 1.0 / 300;
  private static final double MOST = 1.0 / 100;

  private boolean scaledDown;
  private final Set<Value> values = new HashSet<>();

  /** What all others are made of. */
  public void begin(Value images) {
    values.add(images);
  }

  /** Whether a network divides its images by about 255, or 127.5, so that it is fed 0..255. */
  public boolean isScaledDown() {
    return scaledDown;
  }

  void scaled(double factor) {
    scaledDown |= factor >= LEAST && factor <= MOST;
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
