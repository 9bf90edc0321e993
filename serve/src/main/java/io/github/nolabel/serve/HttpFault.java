package io.github.nolabel.serve;

/** What a request did wrong, as status and words. */
final class HttpFault extends RuntimeException {

  private final int status;

  HttpFault(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }
}
