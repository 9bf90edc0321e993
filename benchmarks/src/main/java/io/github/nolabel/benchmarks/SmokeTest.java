package io.github.nolabel.benchmarks;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Everything a device has to get right, in one go; what fails does not stop the others. */
final class SmokeTest {

  private final Device device;
  private final Path folder;
  private final PrintStream out;
  private final List<Check> checks = new ArrayList<>();

  SmokeTest(Device device, Path folder, PrintStream out) {
    this.device = device;
    this.folder = folder;
    this.out = out;
  }

  /**
   * Runs all checks and prints each when it is done.
   *
   * @param steps of the run that has to learn
   */
  List<Check> run(int steps) {
    TrainingChecks training = new TrainingChecks(device, folder);
    Placement placement = new Placement(device, folder);
    note("gradient rules", () -> List.of(new GradientChecks(device).run()));
    note("state and BatchNorm", () -> List.of(training.agreement()));
    note("teacher (EMA)", () -> List.of(new TeacherCheck(device, folder.resolve("twins")).run()));
    note("checkpoint and resume", () -> List.of(training.resume()));
    note("training", () -> training.learning(steps));
    note("placement resnet18", () -> List.of(placement.run("resnet18", Map.of(), 32)));
    note("placement vit-tiny", () -> List.of(placement.run("vit-tiny", Map.of(), 32)));
    return List.copyOf(checks);
  }

  private void note(String name, Supplier<List<Check>> work) {
    long begin = System.nanoTime();
    List<Check> found;
    try {
      found = work.get();
    } catch (RuntimeException e) {
      found = List.of(Check.of(name, false, "broke off: " + e));
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    for (Check check : found) {
      Check timed = check.in(seconds / found.size());
      checks.add(timed);
      out.println(line(timed));
    }
  }

  static String line(Check check) {
    return "%-4s %-22s %6.1f s  %s"
        .formatted(check.passed() ? "ok" : "FAIL", check.name(), check.seconds(), check.detail());
  }
}
