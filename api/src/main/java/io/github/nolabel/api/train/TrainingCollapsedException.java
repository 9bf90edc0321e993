package io.github.nolabel.api.train;

import io.github.nolabel.api.NolabelException;

/** The method has found a trivial way to please its loss, and the run was to end then. */
public final class TrainingCollapsedException extends NolabelException {

  public TrainingCollapsedException(String message) {
    super(message);
  }
}
