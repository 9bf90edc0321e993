package io.github.nolabel.serve;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What came in; the body is read when asked for, never without end. */
final class Request {

  /** A body that is too large is still read to this multiple of what is allowed. */
  private static final long PATIENCE = 4;

  private final HttpExchange exchange;
  private final long maxBodyBytes;

  Request(HttpExchange exchange, long maxBodyBytes) {
    this.exchange = exchange;
    this.maxBodyBytes = maxBodyBytes;
  }

  /** The first value of a parameter in the address. */
  Optional<String> parameter(String name) {
    String query = exchange.getRequestURI().getRawQuery();
    return Arrays.stream((query == null ? "" : query).split("&", -1))
        .filter(part -> part.startsWith(name + "="))
        .map(part -> URLDecoder.decode(part.substring(name.length() + 1), StandardCharsets.UTF_8))
        .findFirst();
  }

  /**
   * A whole number among the parameters.
   *
   * @throws HttpFault 400 if it is none, or not between the bounds
   */
  int number(String name, String otherwise, int low, int high) {
    String text = parameter(name).orElse(otherwise);
    try {
      int number = Integer.parseInt(text);
      if (number >= low && number <= high) {
        return number;
      }
    } catch (NumberFormatException noNumber) {
      throw outside(name, text, low, high);
    }
    throw outside(name, text, low, high);
  }

  static HttpFault outside(String name, String text, int low, int high) {
    return new HttpFault(
        400, "%s must be a whole number from %d to %d, got '%s'.".formatted(name, low, high, text));
  }

  boolean isJson() {
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    return type != null && type.toLowerCase(Locale.ROOT).startsWith("application/json");
  }

  boolean isForm() {
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    return type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/");
  }

  /**
   * The whole body.
   *
   * @throws HttpFault 413 if it is larger than allowed
   */
  byte[] body() throws IOException {
    InputStream input = exchange.getRequestBody();
    byte[] body = input.readNBytes((int) maxBodyBytes);
    if (body.length == maxBodyBytes && input.read() >= 0) {
      readOn(input); // Many clients listen only when they have said everything.
      throw new HttpFault(
          413,
          "The request is larger than the %,d bytes that are accepted; send a smaller image."
              .formatted(maxBodyBytes));
    }
    return body;
  }

  private void readOn(InputStream input) throws IOException {
    byte[] dropped = new byte[1 << 16];
    long rest = PATIENCE * maxBodyBytes;
    for (int read = 0; read >= 0 && rest > 0; rest -= read) {
      read = input.read(dropped);
    }
  }
}
