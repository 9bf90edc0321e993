package io.github.nolabel.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.runs.watch.RunWatcher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two workers in two processes, each with its own sessions and images. */
class ProcessesTest {

  private static final int ROUND = 5;

  @TempDir Path folder;

  /**
   * Its queue, its session and its blocks are lost; Spark starts another and repeats its rounds.
   */
  @Test
  void anExecutorThatDiesInMidRoundChangesNoBitOfWhatOneProcessMakes() throws IOException {
    try (JavaSparkContext context = LocalCluster.start()) {
      train(context, "calm");
    }
    Path trap = folder.resolve("trap");
    try (JavaSparkContext context = LocalCluster.startProcesses(trap)) {
      train(context, "killed", new TrapAt(ROUND, trap));
    }
    assertThat(trap).as("the trap that nobody stepped into").doesNotExist();
    States.requireSame(States.of(folder.resolve("killed")), States.of(folder.resolve("calm")));
  }

  private void train(JavaSparkContext context, String run, RunWatcher... watchers) {
    context.setLogLevel("ERROR");
    SparkRuns.pretrain(QueueRun.MOCO, folder.resolve(run), context, QueueRun.MOVING, watchers);
  }

  private record TrapAt(long step, Path trap) implements RunWatcher {
    @Override
    public void onStep(StepReport report) {
      try {
        if (report.step() == step) {
          Files.createFile(trap);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
