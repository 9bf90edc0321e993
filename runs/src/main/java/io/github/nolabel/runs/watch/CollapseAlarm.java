package io.github.nolabel.runs.watch;

import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.api.train.TrainingListener;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Says in one sentence that a method has collapsed: what was seen, since when, and what usually
 * helps. It reads the monitors by name, wants to see the same for a while, keeps quiet while a run
 * warms up, and speaks once until the sign has gone away. Images of two or three kinds leave a
 * healthy method with few directions, too: where that may be the reason, it asks whether the
 * features still tell as much as at first, and if so, asks again after as many steps as there were.
 */
public final class CollapseAlarm implements TrainingListener {

  private final long quietSteps;
  private final long window;
  private final BooleanSupplier tellsAsMuch;
  private final Consumer<String> tell;
  private final Map<String, Long> askedAgainAt = new LinkedHashMap<>();
  private final Map<String, Long> since = new LinkedHashMap<>();
  private final Set<String> told = new LinkedHashSet<>();

  /**
   * @param quietSteps first steps that are not judged
   * @param window steps for which a sign has to last
   * @param tellsAsMuch whether the features answer questions no worse than before the first step;
   *     false if there are none
   * @param tell gets the sentence, on the training thread
   */
  public CollapseAlarm(
      long quietSteps, long window, BooleanSupplier tellsAsMuch, Consumer<String> tell) {
    this.quietSteps = quietSteps;
    this.window = window;
    this.tellsAsMuch = tellsAsMuch;
    this.tell = tell;
  }

  /**
   * Quiet during warm-up and for the first quarter of the run, 20 to 100 steps; wants to see a sign
   * for a tenth of the run, 5 to 50 steps. So a trial of a few steps is never judged: it has learnt
   * nothing yet.
   */
  public static CollapseAlarm of(RunSpec run, BooleanSupplier tellsAsMuch, Consumer<String> tell) {
    long quiet = Math.max(warmup(run), between(20, run.steps() / 4, 100));
    return new CollapseAlarm(quiet, between(5, run.steps() / 10, 50), tellsAsMuch, tell);
  }

  private static long between(long least, long steps, long most) {
    return Math.max(least, Math.min(most, steps));
  }

  private static long warmup(RunSpec run) {
    return Math.max(run.schedule().warmupSteps(), run.stepsOf(run.schedule().warmupEpochs()));
  }

  @Override
  public void onStep(StepReport report) {
    if (report.step() > quietSteps) {
      report.values().forEach((name, value) -> judge(report.step(), name, value));
    }
  }

  private void judge(long step, String name, double value) {
    for (CollapseSign sign : CollapseSign.values()) {
      if (sign.reads(name)) {
        judge(step, name, value, sign);
      }
    }
  }

  private void judge(long step, String name, double value, CollapseSign sign) {
    if (!sign.shows(value)) {
      since.remove(name);
      told.remove(name);
      askedAgainAt.remove(name);
      return;
    }
    long first = since.computeIfAbsent(name, n -> step);
    if (step - first >= window && !told.contains(name) && !isOfTheData(sign, name, step)) {
      told.add(name);
      tell.accept(sign.sentence(name, value, first));
    }
  }

  private boolean isOfTheData(CollapseSign sign, String name, long step) {
    if (step < askedAgainAt.getOrDefault(name, 0L)) {
      return true;
    }
    boolean ofTheData = sign.mayBeOfTheData() && tellsAsMuch.getAsBoolean();
    if (ofTheData) {
      askedAgainAt.put(name, 2 * step);
    }
    return ofTheData;
  }
}
