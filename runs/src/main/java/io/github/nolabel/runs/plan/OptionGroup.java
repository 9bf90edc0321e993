package io.github.nolabel.runs.plan;

import java.util.Locale;

/** Whose options they are; the name is the prefix in {@code --set PREFIX.NAME=VALUE}. */
public enum OptionGroup {
  /** The run as a whole; most have a flag of their own. */
  RUN,
  /** The method; its prefix may be left out. */
  METHOD,
  BACKBONE,
  OPTIMIZER,
  SCHEDULE,
  CHECKPOINT,
  /** What is evaluated while the run trains. */
  EVALUATION,
  /** How the device is used; which one it is belongs to the run. */
  DEVICE;

  /** As users write it. */
  public String prefix() {
    return name().toLowerCase(Locale.ROOT);
  }
}
