package io.github.nolabel.api;

/**
 * The request itself cannot be carried out: a wrong name, value, path or file. Found before work
 * starts.
 */
public final class UserMistake extends NolabelException {

  public UserMistake(String message) {
    super(message);
  }

  public UserMistake(String message, Throwable cause) {
    super(message, cause);
  }
}
