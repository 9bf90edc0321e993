package io.github.nolabel.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.runs.watch.RunWatcher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two workers in two processes, each with its own sessions and images; drivers in processes. */
class ProcessesTest {

  private static final int ROUND = 5;

  @TempDir static Path folder;

  private static Map<String, Tensor> calm = Map.of();

  /** What one process makes. */
  @BeforeAll
  static void undisturbed() {
    try (JavaSparkContext context = LocalCluster.start()) {
      train(context, "calm");
    }
    calm = States.of(folder.resolve("calm"));
  }

  /**
   * Its queue, its session and its blocks are lost; Spark starts another and repeats its rounds.
   */
  @Test
  void anExecutorThatDiesInMidRoundChangesNoBit() throws IOException {
    Path trap = folder.resolve("trap");
    try (JavaSparkContext context = LocalCluster.startProcesses(trap)) {
      train(context, "killed", new FileAt(ROUND, trap));
    }
    assertThat(trap).as("the trap that nobody stepped into").doesNotExist();
    States.requireSame(States.of(folder.resolve("killed")), calm);
  }

  /** Two rounds beyond its checkpoint. */
  @Test
  void aDriverThatDiesIsGoneOnWithBitForBit() throws Exception {
    Path run = folder.resolve("halted");
    Path said = folder.resolve("said");
    int exitCode = HaltingDriver.train(run, 9, said);
    assertThat(exitCode).as(Files.readString(said)).isEqualTo(HaltingDriver.HALTED);
    assertThat(run.resolve("checkpoints/step-0000000005")).isDirectory();
    assertThat(run.resolve("result.json")).doesNotExist();
    try (JavaSparkContext context = LocalCluster.start()) {
      context.setLogLevel("ERROR");
      SparkRuns.resume(run, context, QueueRun.MOVING);
    }
    States.requireSame(States.of(run), calm);
  }

  /** The slow one of two attempts is given up when the other has ended. */
  @Test
  void aSecondAttemptOfASlowTaskChangesNoBit() throws IOException, TimeoutException {
    Path slow = folder.resolve("slow");
    SecondAttempts second = new SecondAttempts(Stripes.enough(slow));
    try (TwoHosts hosts = TwoHosts.start(folder.resolve("work"));
        JavaSparkContext context = hosts.connect("-D" + Stripes.SLOW + "=" + slow)) {
      context.sc().addSparkListener(second);
      train(context, "slow-run", new FileAt(ROUND, slow));
      context.sc().listenerBus().waitUntilEmpty();
    }
    assertThat(slow).as("what nobody waited for").doesNotExist();
    assertThat(second.ended).as("second attempts that ended first").isNotEmpty();
    States.requireSame(States.of(folder.resolve("slow-run")), calm);
  }

  private static void train(JavaSparkContext context, String run, RunWatcher... watchers) {
    context.setLogLevel("ERROR");
    SparkRuns.pretrain(QueueRun.MOCO, folder.resolve(run), context, QueueRun.MOVING, watchers);
  }

  private static void create(Path file) {
    try {
      Files.createFile(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record FileAt(long step, Path file) implements RunWatcher {
    @Override
    public void onStep(StepReport report) {
      if (report.step() == step) {
        create(file);
      }
    }
  }

  /** Notes those that have won, and lets the slow reader go on. */
  private static final class SecondAttempts extends SparkListener {
    final List<Integer> ended = new CopyOnWriteArrayList<>();
    private final Path enough;

    SecondAttempts(Path enough) {
      this.enough = enough;
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
      if (end.taskInfo().speculative() && end.taskInfo().successful()) {
        if (ended.isEmpty()) {
          create(enough);
        }
        ended.add(end.taskInfo().index());
      }
    }
  }
}
