package io.github.nolabel.api;

/**
 * Something went wrong that the person at the keyboard can understand and act on: the message alone
 * says what, where, got, expected and what to do. A command line prints it without a stack trace.
 */
public class NolabelException extends RuntimeException {

  public NolabelException(String message) {
    super(message);
  }

  public NolabelException(String message, Throwable cause) {
    super(message, cause);
  }
}
