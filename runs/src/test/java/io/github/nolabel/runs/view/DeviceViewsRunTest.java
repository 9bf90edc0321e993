package io.github.nolabel.runs.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.runs.Engine;
import io.github.nolabel.runs.Photos;
import io.github.nolabel.runs.Run;
import io.github.nolabel.runs.RunPlan;
import io.github.nolabel.runs.Runs;
import io.github.nolabel.runs.watch.RunWatcher;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs whose graph renders the views. */
class DeviceViewsRunTest {

  @TempDir Path folder;

  private RunPlan plan(String method) {
    return RunPlan.of(method)
        .data(Photos.of(folder.resolve("photos"), 12))
        .backbone("small-cnn")
        .epochs(2)
        .batchSize(8)
        .imageSize(16)
        .set("backbone.width", 4)
        .set("backbone.stages", 2);
  }

  private static RunPlan onDevice(RunPlan plan) {
    return plan.set("device.views", "device");
  }

  @ParameterizedTest
  @ValueSource(strings = {"simclr", "dino", "moco-v3"})
  void lossesFollowTheProcessors(String method) {
    List<Double> processor = new Losses().of(plan(method), folder.resolve("processor"));
    List<Double> device = new Losses().of(onDevice(plan(method)), folder.resolve("device"));
    assertThat(device).hasSameSizeAs(processor).isNotEmpty().isNotEqualTo(processor);
    assertThat(device.get(0)).isCloseTo(processor.get(0), within(1e-4));
    for (int step = 1; step < device.size(); step++) {
      assertThat(device.get(step)).isCloseTo(processor.get(step), within(1e-2));
    }
  }

  @Test
  void stoppedAndResumedEqualsUninterrupted() {
    Run straight = Runs.pretrain(onDevice(plan("simclr")), folder.resolve("straight"));
    Path stopped = folder.resolve("stopped");
    Run first = Runs.create(onDevice(plan("simclr")), stopped);
    assertThat(first.train(stopAt(first, 2))).isFalse();
    Map<String, Tensor> expected = state(straight);
    Map<String, Tensor> actual = state(Runs.resume(stopped));
    assertThat(actual).hasSameSizeAs(expected);
    expected.forEach(
        (name, tensor) -> assertThat(actual.get(name).sameBits(tensor)).as(name).isTrue());
  }

  /** A checkpoint belongs to the step, not to who renders its views. */
  @ParameterizedTest
  @CsvSource({"processor, device", "device, processor"})
  void aRunGoesOnWithTheOther(String before, String after) {
    Path stopped = folder.resolve("stopped");
    Run first = Runs.create(plan("simclr").set("device.views", before), stopped);
    assertThat(first.train(stopAt(first, 2))).isFalse();
    RunPlan changed = RunPlan.of("simclr").set("device.views", after);
    assertThat(Engine.of(getClass().getClassLoader()).resume(stopped, changed).train()).isTrue();
  }

  @Test
  void halfPrecisionLeavesTheViewsAlone() {
    RunPlan mixed = plan("simclr").set("optimizer.mixedPrecision", true);
    List<Double> processor = new Losses().of(mixed, folder.resolve("processor"));
    List<Double> device = new Losses().of(onDevice(mixed), folder.resolve("device"));
    assertThat(device.get(0)).isCloseTo(processor.get(0), within(2e-3));
  }

  private static RunWatcher stopAt(Run run, long step) {
    return new RunWatcher() {
      @Override
      public void onStep(StepReport report) {
        if (report.step() == step) {
          run.stop();
        }
      }
    };
  }

  private static Map<String, Tensor> state(Run run) {
    return run.examination().networks().ofRun().weights().get(0).state();
  }

  private static final class Losses implements RunWatcher {

    private final List<Double> seen = new ArrayList<>();

    List<Double> of(RunPlan plan, Path directory) {
      Runs.pretrain(plan, directory, this);
      return seen;
    }

    @Override
    public void onStep(StepReport report) {
      seen.add(report.loss());
    }
  }
}
