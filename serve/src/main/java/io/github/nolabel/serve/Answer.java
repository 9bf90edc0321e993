package io.github.nolabel.serve;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What goes back. */
final class Answer {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final int status;
  private final String type;
  private final byte[] body;

  /**
   * @param type of the body, for the header {@code Content-Type}
   */
  Answer(int status, String type, byte[] body) {
    this.status = status;
    this.type = type;
    this.body = body;
  }

  static Answer json(Object value) {
    return json(200, value);
  }

  static Answer fault(int status, String message) {
    return json(status, Map.of("status", status, "error", message));
  }

  static Answer text(String type, String text) {
    return new Answer(200, type + "; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  private static Answer json(int status, Object value) {
    String text = MAPPER.valueToTree(value).toString();
    return new Answer(status, "application/json", text.getBytes(StandardCharsets.UTF_8));
  }

  int status() {
    return status;
  }

  String type() {
    return type;
  }

  byte[] body() {
    return body;
  }
}
