package io.github.nolabel.spark;

import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.runs.watch.RunWatcher;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/** A driver in a process of its own, which ends without a word in mid-run. */
final class HaltingDriver implements RunWatcher {

  /** Its exit code. */
  static final int HALTED = 73;

  private final long last;

  private HaltingDriver(long last) {
    this.last = last;
  }

  /** Arguments: the run's folder, and the step after which there is no more. */
  public static void main(String[] args) {
    try (JavaSparkContext context = LocalCluster.start()) {
      SparkRuns.pretrain(
          QueueRun.MOCO,
          Path.of(args[0]),
          context,
          QueueRun.MOVING,
          new HaltingDriver(Long.parseLong(args[1])));
    }
  }

  @Override
  public void onStep(StepReport report) {
    if (report.step() == last) {
      Runtime.getRuntime().halt(HALTED);
    }
  }

  /** Begins a run in such a process; returns its exit code. */
  static int train(Path run, long last, Path said) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .forEach(command::add);
    command.addAll(List.of(LocalCluster.QUICK_START.split(" ")));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(HaltingDriver.class.getName(), run.toString(), Long.toString(last)));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(said.toFile())
        .start()
        .waitFor();
  }
}
