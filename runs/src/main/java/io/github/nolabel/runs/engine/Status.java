package io.github.nolabel.runs.engine;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

  /** All that a record may say. */
  static String all() {
    return Stream.of(values()).map(Status::written).collect(Collectors.joining(", "));
  }
}
