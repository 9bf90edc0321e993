package io.github.nolabel.benchmarks;

import io.github.nolabel.autodiff.rules.GradientTrial;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Everything a device has to get right, in one go; what fails does not stop the others. */
final class SmokeTest {

  /** What is done where nobody names parts. */
  static final List<String> USUAL =
      List.of("gradients", "state", "teacher", "resume", "training", "placement");

  private final Device device;
  private final Path folder;
  private final PrintStream out;
  private final Journal journal;
  private final List<Check> checks = new ArrayList<>();

  SmokeTest(Device device, Path folder, PrintStream out, Journal journal) {
    this.device = device;
    this.folder = folder;
    this.out = out;
    this.journal = journal;
  }

  /**
   * Runs the checks of those parts that the journal does not know yet, and prints each when it is
   * done.
   *
   * @param parts besides the usual ones: {@code session}, {@code methods} and {@code cases}, which
   *     is {@code gradients} one by one
   * @param steps of the run that has to learn
   */
  List<Check> run(Collection<String> parts, int steps) {
    parts.stream()
        .flatMap(part -> tasks(part, steps).stream())
        .filter(task -> !journal.knows(task.name()))
        .forEach(this::note);
    return List.copyOf(checks);
  }

  private List<Task> tasks(String part, int steps) {
    TrainingChecks training = new TrainingChecks(device, folder);
    Placement placement = new Placement(device, folder);
    MethodChecks methods = new MethodChecks(device, folder);
    return switch (part) {
      case "session" ->
          List.of(
              Task.of("doctor", methods::doctor),
              Task.of("one step", () -> methods.step("simclr", 32)));
      case "methods" -> MethodChecks.names().stream().map(name -> step(methods, name)).toList();
      case "cases" -> GradientTrial.all().stream().map(this::single).toList();
      case "gradients" -> List.of(Task.of("gradient rules", new GradientChecks(device)::run));
      case "state" -> List.of(Task.of("state and BatchNorm", training::agreement));
      case "teacher" ->
          List.of(Task.of("teacher (EMA)", new TeacherCheck(device, folder.resolve("twins"))::run));
      case "resume" -> List.of(Task.of("checkpoint and resume", training::resume));
      case "training" -> List.of(new Task("training", () -> training.learning(steps)));
      case "placement" ->
          List.of(
              Task.of("placement resnet18", () -> placement.run("resnet18", Map.of(), 32)),
              Task.of("placement vit-tiny", () -> placement.run("vit-tiny", Map.of(), 32)));
      default ->
          throw new IllegalArgumentException(
              "--only %s: session, methods, cases or one of %s".formatted(part, USUAL));
    };
  }

  private static Task step(MethodChecks methods, String name) {
    return Task.of("method " + name, () -> methods.step(name, 32));
  }

  private Task single(GradientTrial trial) {
    return Task.of("gradient " + trial.name(), () -> new GradientChecks(device).run(trial));
  }

  private void note(Task task) {
    journal.begin(task.name());
    long begin = System.nanoTime();
    List<Check> found;
    try {
      found = task.work().get();
    } catch (RuntimeException e) {
      found = List.of(Check.of(task.name(), false, "broke off: " + e));
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    for (Check check : found) {
      Check timed = check.in(seconds / found.size());
      checks.add(timed);
      journal.note(timed);
      out.println(line(timed));
    }
    journal.end(task.name());
  }

  static String line(Check check) {
    return "%-4s %-22s %6.1f s  %s"
        .formatted(check.passed() ? "ok" : "FAIL", check.name(), check.seconds(), check.detail());
  }

  /** Something to do that answers one question, or several at once. */
  private record Task(String name, Supplier<List<Check>> work) {

    static Task of(String name, Supplier<Check> work) {
      return new Task(name, () -> List.of(work.get()));
    }
  }
}
