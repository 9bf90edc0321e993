package io.github.nolabel.precision;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.control.StepScope;
import io.github.nolabel.api.train.TrainingProgram;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LossScaleTest {

  private final LossScale scale = new LossScale();
  private final Steps steps = new Steps();

  LossScaleTest() {
    scale.slots().forEach(slot -> steps.slots.put(slot.name(), slot.initial()));
  }

  @Test
  void itBeginsAtTwoToTheSixteenAndHalvesWithEveryStepThatIsNotFinite() {
    assertThat(steps.fed()).isEqualTo(65536);
    steps.take(false);
    assertThat(steps.fed()).isEqualTo(32768);
    for (int i = 0; i < 40; i++) {
      steps.take(false);
    }
    assertThat(steps.fed()).as("no smaller than one").isEqualTo(1);
  }

  @Test
  void itDoublesAfterManyGoodStepsInARow() {
    steps.take(false);
    for (int i = 1; i < LossScale.PATIENCE; i++) {
      steps.take(true);
    }
    assertThat(steps.fed()).isEqualTo(32768);
    steps.take(true);
    assertThat(steps.fed()).isEqualTo(65536);
  }

  @Test
  void oneThatIsNotFiniteBeginsTheCountAnew() {
    for (int i = 1; i < LossScale.PATIENCE; i++) {
      steps.take(true);
    }
    steps.take(false);
    steps.take(true);
    assertThat(steps.fed()).isEqualTo(32768);
  }

  @Test
  void itGrowsToABound() {
    for (int i = 0; i < 12 * LossScale.PATIENCE; i++) {
      steps.take(true);
    }
    assertThat(steps.fed()).isEqualTo(1 << LossScale.LARGEST);
  }

  private final class Steps implements StepScope {

    private final Map<String, Double> slots = new HashMap<>();
    private double fed;
    private boolean finite = true;

    double fed() {
      scale.beforeStep(this);
      return fed;
    }

    void take(boolean isFinite) {
      finite = isFinite;
      scale.beforeStep(this);
      scale.afterStep(this);
    }

    @Override
    public long step() {
      return 0;
    }

    @Override
    public int microStep() {
      return 0;
    }

    @Override
    public int images() {
      return 1;
    }

    @Override
    public void feed(String input, double value) {
      fed = value;
    }

    @Override
    public double output(String name) {
      assertThat(name).isEqualTo(TrainingProgram.FINITE);
      return finite ? 1 : 0;
    }

    @Override
    public double slot(String name) {
      return slots.getOrDefault(name, Double.NaN);
    }

    @Override
    public void slot(String name, double value) {
      slots.put(name, value);
    }
  }
}
