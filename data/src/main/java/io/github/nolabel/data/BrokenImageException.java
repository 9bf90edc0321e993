package io.github.nolabel.data;

import io.github.nolabel.api.NolabelException;
import io.github.nolabel.api.UserMistake;

/** One image cannot be decoded; the others may be fine. The message names it and the fault. */
public final class BrokenImageException extends NolabelException {

  public BrokenImageException(String message) {
    super(message);
  }

  public BrokenImageException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The same, as a reason not to go on. */
  public UserMistake asMistake() {
    return new UserMistake(String.valueOf(getMessage()), this);
  }
}
