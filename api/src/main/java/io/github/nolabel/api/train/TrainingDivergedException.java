package io.github.nolabel.api.train;

import io.github.nolabel.api.NolabelException;

/** The loss or the gradient left the finite numbers; nothing of that step reached a checkpoint. */
public final class TrainingDivergedException extends NolabelException {

  private final long step;

  public TrainingDivergedException(long step, String message) {
    super(message);
    this.step = step;
  }

  /** The update at which it happened, counted from one. */
  public long step() {
    return step;
  }
}
