package io.github.nolabel.data.source;

import java.io.IOException;

/** An archive is damaged or none; the message says how, without a full stop. */
final class DamagedTarException extends IOException {

  private static final long serialVersionUID = 1;

  DamagedTarException(String fault) {
    super(fault);
  }

  DamagedTarException(Exception cause) {
    super(fault(cause), cause);
  }

  /** Libraries say nothing of a missing end, or a sentence. */
  private static String fault(Exception cause) {
    String message = cause.getMessage();
    return message == null ? "its end is missing" : message.replaceFirst("\\.+$", "");
  }
}
