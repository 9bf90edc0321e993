package io.github.nolabel.loggers;

import io.github.nolabel.api.NolabelException;
import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.api.train.TrainingSummary;
import io.github.nolabel.runs.watch.RunStart;
import io.github.nolabel.runs.watch.RunWatcher;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One run on an MLflow server. A server that is missing when the run begins ends it there; one that
 * goes away later is told of once, figures are kept for it up to a bound, and the run goes on.
 */
final class MlflowRun implements RunWatcher {

  private static final System.Logger LOG = System.getLogger(MlflowRun.class.getName());

  /** Metrics and parameters that one request may hold. */
  private static final int METRICS = 1000;

  private static final int PARAMETERS = 100;
  private static final int KEPT = 200_000;
  private static final long MILLIS_BETWEEN = 5000;

  /** As long as nobody answers: the wait for an answer holds up the run. */
  private static final long MILLIS_BETWEEN_TRIES = 60_000;

  private final MlflowServer server;
  private final String experiment;
  private final MlflowNote note;
  private final Clock clock;
  private final List<Map<String, Object>> waiting = new ArrayList<>();
  private Optional<String> id = Optional.empty();
  private long sentAt;
  private long step;
  private boolean told;

  /**
   * @param note where the server's name for the run is kept, to go on with
   */
  MlflowRun(MlflowServer server, String experiment, Path note, Clock clock) {
    this.server = server;
    this.experiment = experiment;
    this.note = new MlflowNote(note);
    this.clock = clock;
  }

  @Override
  public void onBegin(RunStart start) {
    step = start.step();
    sentAt = clock.millis();
    try {
      Optional<String> earlier = note.read(server.base());
      if (earlier.isPresent()) {
        id = earlier;
        update("RUNNING");
      } else {
        String created = created(start);
        note.write(server.base(), created);
        id = Optional.of(created);
        parameters(created, flat(start.options()));
      }
    } catch (IOException e) {
      throw new NolabelException(
          "The run cannot be written down at MLflow's %s: %s. Is the server there? Without this log the run begins."
              .formatted(server.base(), e.getMessage()),
          e);
    }
  }

  private String created(RunStart start) throws IOException {
    return server
        .post(
            "runs/create",
            Map.of(
                "experiment_id",
                experimentId(),
                "run_name",
                start.folder().toAbsolutePath().getFileName().toString(),
                "start_time",
                clock.millis(),
                "tags",
                List.of(
                    Map.of("key", "nolabel.folder", "value", start.folder().toString()),
                    Map.of("key", "nolabel.method", "value", start.method()))))
        .at("/run/info/run_id")
        .asText();
  }

  private String experimentId() throws IOException {
    try {
      return server
          .post("experiments/create", Map.of("name", experiment))
          .path("experiment_id")
          .asText();
    } catch (MlflowServer.Refused e) {
      if (!e.code().equals("RESOURCE_ALREADY_EXISTS")) {
        throw e;
      }
      return server
          .get("experiments/get-by-name", "experiment_name", experiment)
          .at("/experiment/experiment_id")
          .asText();
    }
  }

  /** {@code optimizer.learningRate} and so on. */
  private static Map<String, String> flat(Map<String, Object> options) {
    Map<String, String> flat = new LinkedHashMap<>();
    options.forEach(
        (group, values) -> {
          if (values instanceof Map<?, ?> named) {
            named.forEach((name, value) -> flat.put(group + "." + name, String.valueOf(value)));
          }
        });
    return flat;
  }

  private void parameters(String run, Map<String, String> parameters) throws IOException {
    List<Map<String, String>> all = new ArrayList<>();
    parameters.forEach((name, value) -> all.add(Map.of("key", name, "value", value)));
    for (int i = 0; i < all.size(); i += PARAMETERS) {
      List<Map<String, String>> some = all.subList(i, Math.min(all.size(), i + PARAMETERS));
      server.post("runs/log-batch", Map.of("run_id", run, "params", some));
    }
  }

  @Override
  public void onStep(StepReport report) {
    step = report.step();
    add(StepFigures.of(report));
    if (waiting.size() >= METRICS || clock.millis() - sentAt >= MILLIS_BETWEEN) {
      send();
    }
  }

  private void add(Map<String, Double> figures) {
    long now = clock.millis();
    figures.forEach(
        (name, value) -> {
          if (waiting.size() < KEPT) {
            waiting.add(Map.of("key", name, "value", value, "timestamp", now, "step", step));
          }
        });
  }

  private void send() {
    boolean tooSoon = told && clock.millis() - sentAt < MILLIS_BETWEEN_TRIES;
    if (id.isEmpty() || tooSoon) {
      return;
    }
    try {
      while (!waiting.isEmpty()) {
        List<Map<String, Object>> some = waiting.subList(0, Math.min(METRICS, waiting.size()));
        server.post("runs/log-batch", Map.of("run_id", id.orElseThrow(), "metrics", some));
        some.clear();
      }
      told = false;
    } catch (IOException e) {
      tell(e);
    }
    sentAt = clock.millis();
  }

  private void tell(IOException e) {
    if (!told) {
      LOG.log(
          System.Logger.Level.WARNING,
          "The MLflow server {0} does not take what is written down: {1}. The run goes on.",
          server.base(),
          e.getMessage());
    }
    told = true;
  }

  @Override
  public void onComplete(Map<String, Object> result) {
    Map<String, Double> figures = new LinkedHashMap<>();
    result.forEach(
        (name, value) -> {
          if (value instanceof Number number) {
            figures.put("result." + name, number.doubleValue());
          }
        });
    end("FINISHED", figures);
  }

  @Override
  public void onStopped(TrainingSummary summary, long steps) {
    end("KILLED", Map.of());
  }

  @Override
  public void onFailure(String status, String problem) {
    end("FAILED", Map.of());
  }

  private void end(String status, Map<String, Double> figures) {
    add(figures);
    sentAt = 0;
    send();
    try {
      if (id.isPresent()) {
        update(status);
      }
    } catch (IOException e) {
      tell(e);
    }
  }

  private void update(String status) throws IOException {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("run_id", id.orElseThrow());
    body.put("status", status);
    if (!status.equals("RUNNING")) {
      body.put("end_time", clock.millis());
    }
    server.post("runs/update", body);
  }
}
