package io.github.nolabel.loggers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** MLflow's REST API, version 2.0: a JSON object there, a JSON object back. */
final class MlflowServer {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final String base;

  /**
   * @param base such as {@code http://localhost:5000}, without a slash at its end
   */
  MlflowServer(String base) {
    this.base = base;
  }

  String base() {
    return base;
  }

  /**
   * Posts to an endpoint such as {@code runs/create}.
   *
   * @throws Refused if the server answers that it does not want to
   * @throws IOException if it cannot be reached, or answers something else than MLflow does
   */
  JsonNode post(String endpoint, Map<String, ?> body) throws IOException {
    return send(
        request(endpoint)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build());
  }

  /** Asks an endpoint with one parameter; fails as {@link #post} does. */
  JsonNode get(String endpoint, String name, String value) throws IOException {
    String encoded = URLEncoder.encode(value, StandardCharsets.UTF_8);
    return send(request(endpoint + "?" + name + "=" + encoded).GET().build());
  }

  private HttpRequest.Builder request(String endpoint) {
    return HttpRequest.newBuilder(URI.create(base + "/api/2.0/mlflow/" + endpoint))
        .timeout(PATIENCE);
  }

  /** Waits even if the thread is interrupted: what is known when a run is stopped goes out too. */
  private JsonNode send(HttpRequest request) throws IOException {
    HttpResponse<String> answer;
    try {
      answer = client.sendAsync(request, HttpResponse.BodyHandlers.ofString()).join();
    } catch (CompletionException e) {
      throw new IOException(why(e.getCause()), e);
    }
    JsonNode json = read(answer);
    if (answer.statusCode() / 100 != 2) {
      throw new Refused(
          json.path("error_code").asText("status " + answer.statusCode()),
          json.path("message").asText(""));
    }
    return json;
  }

  private static String why(@Nullable Throwable cause) {
    return cause instanceof ConnectException
        ? "nobody answers there"
        : cause instanceof HttpTimeoutException
            ? "no answer within %d s".formatted(PATIENCE.toSeconds())
            : String.valueOf(cause == null ? null : cause.getMessage());
  }

  private static JsonNode read(HttpResponse<String> answer) throws IOException {
    try {
      return JSON.readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw new IOException("the answer is no JSON (status %d)".formatted(answer.statusCode()), e);
    }
  }

  /** The server understood and said no. */
  static final class Refused extends IOException {

    private static final long serialVersionUID = 1;

    private final String code;

    Refused(String code, String message) {
      super(code + (message.isEmpty() ? "" : ": " + message));
      this.code = code;
    }

    /** Such as {@code RESOURCE_ALREADY_EXISTS}. */
    String code() {
      return code;
    }
  }
}
