package io.github.nolabel.loggers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.runs.file.Json;
import io.github.nolabel.runs.watch.RunStart;
import io.github.nolabel.runs.watch.RunWatcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvLogTest {

  private static final String HEAD =
      "step,loss,epoch,learning_rate,images_per_second,data_wait_share";

  @TempDir Path tmp;

  @Test
  void aColumnThatComesLaterIsEmptyBefore() throws IOException {
    RunWatcher watcher = begun(0);
    watcher.onStep(step(1, Map.of()));
    watcher.onStep(step(2, Map.of("knn_accuracy", 0.25)));
    watcher.onStep(step(3, Map.of("lost", Double.NaN)));
    assertThat(history())
        .containsExactly(
            HEAD + ",knn_accuracy",
            "1,0.5,1,0.1,100,0,",
            "2,0.5,1,0.1,100,0,0.25",
            "3,0.5,1,0.1,100,0,");
    watcher.onComplete(Map.of("finalLoss", 0.5));
    Path folder = tmp.resolve("table/run");
    assertThat(Json.read(folder.resolve("summary.json")).path("finalLoss").asDouble())
        .isEqualTo(0.5);
    assertThat(Json.read(folder.resolve("config.json")).at("/run/seed").asInt()).isEqualTo(1);
  }

  /** Steps after the checkpoint that a run resumes from are trained, and written, again. */
  @Test
  void aRunThatGoesOnHasNoStepTwice() throws IOException {
    RunWatcher first = begun(0);
    for (int step = 1; step <= 4; step++) {
      first.onStep(step(step, Map.of("spread", 0.5)));
    }
    begun(2).onStep(step(3, Map.of("spread", 0.25)));
    assertThat(history())
        .containsExactly(
            HEAD + ",spread",
            "1,0.5,1,0.1,100,0,0.5",
            "2,0.5,1,0.1,100,0,0.5",
            "3,0.5,1,0.1,100,0,0.25");
  }

  private RunWatcher begun(long step) {
    Path run = tmp.resolve("run");
    RunWatcher watcher = new CsvLog().open(tmp.resolve("table").toString(), run);
    watcher.onBegin(new RunStart(run, "simclr", 9, 3, step, Map.of("run", Map.of("seed", 1))));
    return watcher;
  }

  private List<String> history() throws IOException {
    return Files.readAllLines(tmp.resolve("table/run/history.csv"));
  }

  private static StepReport step(long step, Map<String, Double> values) {
    return new StepReport(step, 9, 1, 0.5, 0.1, 100, 0, 3, values);
  }
}
