package io.github.nolabel.runs.engine;

import java.util.Locale;

/** How far a run is, as its record says. */
public enum Status {
  RUNNING,
  INTERRUPTED,
  DIVERGED,
  COLLAPSED,
  FAILED,
  COMPLETE;

  String written() {
    return name().toLowerCase(Locale.ROOT);
  }
}
