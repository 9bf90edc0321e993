package io.github.nolabel.api.train;

import io.github.nolabel.api.NolabelException;

/** A checkpoint cannot be read or written; the message names the file and the fault. */
public final class CheckpointException extends NolabelException {

  public CheckpointException(String message) {
    super(message);
  }

  public CheckpointException(String message, Throwable cause) {
    super(message, cause);
  }
}
