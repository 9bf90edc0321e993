package io.github.nolabel.loggers;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.runs.watch.RunLog;
import io.github.nolabel.runs.watch.RunWatcher;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;

/**
 * {@code mlflow=URL}: options, the numbers of every step and the result go to an MLflow tracking
 * server by its REST API. {@code URL?experiment=NAME} chooses the experiment, {@code nolabel}
 * otherwise.
 */
public final class MlflowLog implements RunLog {

  private static final String EXPERIMENT = "experiment=";

  @Override
  public String name() {
    return "mlflow";
  }

  @Override
  public String usage() {
    return "mlflow=URL[?experiment=NAME]";
  }

  @Override
  public String summary() {
    return "Options, every step and the result on an MLflow tracking server";
  }

  @Override
  public RunWatcher open(String address, Path run) {
    URI uri = uri(address);
    String query = uri.getQuery();
    String experiment = query == null ? EXPERIMENT + "nolabel" : query;
    if (!experiment.startsWith(EXPERIMENT) || experiment.length() == EXPERIMENT.length()) {
      throw new UserMistake(
          "MLflow's address takes ?experiment=NAME and nothing else, got '%s'.".formatted(address));
    }
    String base = address.split("\\?", 2)[0].replaceAll("/+$", "");
    return new MlflowRun(
        new MlflowServer(base),
        experiment.substring(EXPERIMENT.length()),
        run.resolve("mlflow.json"),
        Clock.systemUTC());
  }

  private static URI uri(String address) {
    try {
      URI uri = URI.create(address);
      if (uri.getHost() != null && String.valueOf(uri.getScheme()).matches("https?")) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw noAddress(address, e);
    }
    throw noAddress(address, null);
  }

  private static UserMistake noAddress(
      String address, @org.jspecify.annotations.Nullable Exception e) {
    String message =
        "MLflow is reached at an address such as http://localhost:5000, got '%s'."
            .formatted(address);
    return e == null ? new UserMistake(message) : new UserMistake(message, e);
  }
}
