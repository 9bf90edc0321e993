package io.github.nolabel.evaluation;

import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.api.train.TrainingDivergedException;
import io.github.nolabel.api.train.TrainingListener;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tests a classifier at the end of epochs. */
final class EpochTests implements TrainingListener {

  private final RunSpec run;
  private final ProbeProtocol options;
  private final Supplier<Classification> test;
  private final Consumer<ProbeEpoch> watcher;
  private double losses;
  private @Nullable Classification last;

  EpochTests(
      RunSpec run,
      ProbeProtocol options,
      Supplier<Classification> test,
      Consumer<ProbeEpoch> watcher) {
    this.run = run;
    this.options = options;
    this.test = test;
    this.watcher = watcher;
  }

  @Override
  public void onStep(StepReport report) {
    losses += report.loss();
    if (report.step() % run.stepsPerEpoch() == 0) {
      int epoch = (int) (report.step() / run.stepsPerEpoch());
      if (epoch % options.testEveryEpochs() == 0 || report.step() == run.steps()) {
        test(epoch, report);
      }
      losses = 0;
    }
  }

  private void test(int epoch, StepReport report) {
    Classification tested = tested(report.step());
    last = tested;
    watcher.accept(
        new ProbeEpoch(
            epoch, options.epochs(), losses / run.stepsPerEpoch(), report.learningRate(), tested));
  }

  private Classification tested(long step) {
    try {
      return test.get();
    } catch (ClassificationTally.NotFinite e) {
      throw new TrainingDivergedException(step, String.valueOf(e.getMessage()));
    }
  }

  Classification last() {
    if (last == null) {
      throw new IllegalStateException("training ended before its last epoch");
    }
    return last;
  }
}
