package io.github.nolabel.loggers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.nolabel.api.NolabelException;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.runs.watch.RunStart;
import io.github.nolabel.runs.watch.RunWatcher;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an MLflow server hears, field by field as its REST API names them. */
class MlflowLogTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path run;
  private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());
  private HttpServer server = start();
  private boolean experimentExists;
  private boolean refuses;

  private record Request(String endpoint, JsonNode body) {}

  private static HttpServer start() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @BeforeEach
  void answer() {
    server.createContext("/api/2.0/mlflow/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aRunIsWrittenDownFromBeginningToEnd() {
    RunWatcher watcher = open("");
    watcher.onBegin(begin(0));
    IntStream.rangeClosed(1, 3).forEach(step -> watcher.onStep(step(step)));
    watcher.onComplete(Map.of("finalLoss", 0.5, "method", "simclr"));
    assertThat(requests)
        .extracting(Request::endpoint)
        .containsExactly(
            "experiments/create", "runs/create", "runs/log-batch", "runs/log-batch", "runs/update");
    assertThat(body(0).path("name").asText()).isEqualTo("nolabel");
    assertThat(body(1).path("experiment_id").asText()).isEqualTo("7");
    assertThat(body(1).path("run_name").asText()).isEqualTo(run.getFileName().toString());
    assertThat(body(1).path("start_time").asLong()).isPositive();
    assertThat(body(2).path("run_id").asText()).isEqualTo("r1");
    assertThat(body(2).path("params").findValuesAsText("key"))
        .containsExactlyInAnyOrder("run.seed", "method.temperature");
    assertThat(body(2).path("params").findValuesAsText("value"))
        .containsExactlyInAnyOrder("1", "0.1");
    JsonNode metrics = body(3).path("metrics");
    assertThat(metrics.get(0).path("key").asText()).isEqualTo("loss");
    assertThat(metrics.get(0).path("value").asDouble()).isEqualTo(1.0);
    assertThat(metrics.get(0).path("step").asLong()).isEqualTo(1);
    assertThat(metrics.get(0).path("timestamp").asLong()).isPositive();
    assertThat(metrics.findValuesAsText("key"))
        .contains("learning_rate", "spread", "result.finalLoss")
        .doesNotContain("nothing", "result.method");
    assertThat(body(4).path("status").asText()).isEqualTo("FINISHED");
    assertThat(body(4).path("end_time").asLong()).isPositive();
  }

  @Test
  void aNamedExperimentThatIsThereIsTaken() {
    experimentExists = true;
    open("?experiment=photos of birds").onBegin(begin(0));
    assertThat(requests)
        .extracting(Request::endpoint)
        .startsWith(
            "experiments/create",
            "experiments/get-by-name?experiment_name=photos+of+birds",
            "runs/create");
    assertThat(body(2).path("experiment_id").asText()).isEqualTo("9");
  }

  @Test
  void noRequestHoldsMoreThanAThousandMetricsOrAHundredParameters() {
    RunWatcher watcher = open("");
    Map<String, Object> many = new java.util.TreeMap<>();
    IntStream.range(0, 250).forEach(i -> many.put("option" + i, i));
    watcher.onBegin(new RunStart(run, "simclr", 9, 3, 0, Map.of("method", many)));
    IntStream.rangeClosed(1, 500).forEach(step -> watcher.onStep(step(step)));
    watcher.onComplete(Map.of());
    int metrics = 0;
    int parameters = 0;
    for (Request request : requests) {
      assertThat(request.body().path("metrics").size()).isLessThanOrEqualTo(1000);
      assertThat(request.body().path("params").size()).isLessThanOrEqualTo(100);
      metrics += request.body().path("metrics").size();
      parameters += request.body().path("params").size();
    }
    assertThat(metrics).isEqualTo(500 * 6);
    assertThat(parameters).isEqualTo(250);
  }

  @Test
  void aRunThatGoesOnIsTheSameRunThere() {
    open("").onBegin(begin(0));
    requests.clear();
    RunWatcher again = open("");
    again.onBegin(begin(5));
    assertThat(requests).extracting(Request::endpoint).containsExactly("runs/update");
    assertThat(body(0).path("run_id").asText()).isEqualTo("r1");
    assertThat(body(0).path("status").asText()).isEqualTo("RUNNING");
    again.onFailure("diverged", "The loss left the finite numbers.");
    assertThat(requests.get(requests.size() - 1).body().path("status").asText())
        .isEqualTo("FAILED");
  }

  @Test
  void aServerThatGoesAwayDoesNotEndTheRun() {
    RunWatcher watcher = open("");
    watcher.onBegin(begin(0));
    refuses = true;
    IntStream.rangeClosed(1, 400).forEach(step -> watcher.onStep(step(step)));
    refuses = false;
    requests.clear();
    watcher.onComplete(Map.of());
    assertThat(requests.stream().mapToInt(request -> request.body().path("metrics").size()).sum())
        .as("what was kept arrives late")
        .isEqualTo(400 * 6);
  }

  @Test
  void withoutAServerTheRunDoesNotBegin() {
    server.stop(0);
    RunWatcher watcher = open("");
    assertThatThrownBy(() -> watcher.onBegin(begin(0)))
        .isInstanceOf(NolabelException.class)
        .hasMessageContaining("cannot be written down at MLflow's http://");
    watcher.onFailure("failed", "it did not begin");
  }

  @Test
  void whatIsNoAddressIsRefused() {
    for (String wrong : List.of("localhost:5000", "ftp://a", "http://a?run=3", "http:// a")) {
      assertThatThrownBy(() -> new MlflowLog().open(wrong, run))
          .as(wrong)
          .isInstanceOf(UserMistake.class);
    }
  }

  private RunWatcher open(String query) {
    String address = "http://localhost:" + server.getAddress().getPort() + "/";
    return new MlflowLog().open(address + query.replace(" ", "%20"), run);
  }

  private RunStart begin(long step) {
    return new RunStart(
        run,
        "simclr",
        9,
        3,
        step,
        Map.of("run", Map.of("seed", 1), "method", Map.of("temperature", 0.1)));
  }

  private static StepReport step(long step) {
    return new StepReport(
        step, 9, 0.5, step, 0.1, 100, 0.01, 3, Map.of("spread", 0.9, "nothing", Double.NaN));
  }

  private JsonNode body(int request) {
    return requests.get(request).body();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String endpoint = exchange.getRequestURI().toString().substring("/api/2.0/mlflow/".length());
    byte[] body = exchange.getRequestBody().readAllBytes();
    requests.add(
        new Request(endpoint, body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body)));
    boolean taken = endpoint.equals("experiments/create") && experimentExists;
    byte[] answer =
        (refuses
                ? "<html>busy</html>"
                : taken
                    ? "{\"error_code\": \"RESOURCE_ALREADY_EXISTS\", \"message\": \"taken\"}"
                    : answer(endpoint))
            .getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(refuses ? 503 : taken ? 400 : 200, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private static String answer(String endpoint) {
    return switch (endpoint.split("\\?", 2)[0]) {
      case "experiments/create" -> "{\"experiment_id\": \"7\"}";
      case "experiments/get-by-name" -> "{\"experiment\": {\"experiment_id\": \"9\"}}";
      case "runs/create" -> "{\"run\": {\"info\": {\"run_id\": \"r1\"}}}";
      default -> "{}";
    };
  }
}
