package io.github.nolabel.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.train.Batch;
import io.github.nolabel.api.train.BatchSource;
import io.github.nolabel.api.train.BatchStream;
import io.github.nolabel.api.train.CheckpointConfig;
import io.github.nolabel.api.train.DeviceSettings;
import io.github.nolabel.api.train.DeviceSettings.Device;
import io.github.nolabel.api.train.OptimizerConfig;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.ScheduleConfig;
import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.api.train.Trainer;
import io.github.nolabel.api.train.TrainerSettings;
import io.github.nolabel.api.train.TrainingListener;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.api.view.View;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.backbone.Backbones;
import io.github.nolabel.fragment.loss.NtXent;
import io.github.nolabel.graph.Value;
import io.github.nolabel.objective.Cut;
import io.github.nolabel.objective.Objective;
import io.github.nolabel.objective.TrainingCompiler;
import io.github.nolabel.step.StepGraph;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever watches a run changes no bit of it. */
class UndisturbedTrainingTest {

  private static final int SIZE = 16;
  private static final int BATCH = 6;
  private static final RunSpec RUN =
      new RunSpec(
          "small-cnn",
          Map.of("width", "4", "stages", "2"),
          SIZE,
          BATCH,
          8,
          4,
          1,
          OptimizerConfig.DEFAULTS,
          ScheduleConfig.DEFAULTS);

  @TempDir Path directory;

  @Test
  void weightsAndLossAreTheSameWithAndWithoutMonitors() {
    Seen watched = train(true);
    Seen alone = train(false);
    assertThat(watched.losses).isEqualTo(alone.losses);
    assertThat(watched.state).isEqualTo(alone.state);
    assertThat(watched.names).contains("feature_std", "alignment", "uniformity");
    assertThat(alone.names).doesNotContain("feature_std", "alignment", "uniformity");
  }

  private Seen train(boolean watched) {
    Seen seen = new Seen();
    TrainerSettings settings =
        new TrainerSettings(
            RUN,
            directory.resolve(watched ? "watched" : "alone"),
            false,
            CheckpointConfig.DEFAULTS,
            new DeviceSettings(Device.CPU, 2),
            Map.of());
    Backbone backbone = Backbones.create(RUN.backbone(), RUN.backboneOptions(), SIZE);
    var recipe = new TrainingCompiler(RUN).compile(new Pairs(backbone, watched));
    try (Trainer trainer = TrainingRuntime.find().open(recipe, settings)) {
      trainer.train(new Noise(), List.of(seen));
      trainer.state().forEach((name, tensor) -> seen.state.put(name, tensor.bytes()));
    }
    return seen;
  }

  private static final class Seen implements TrainingListener {
    private final List<Double> losses = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final Map<String, ByteBuffer> state = new TreeMap<>();

    @Override
    public void onStep(StepReport report) {
      losses.add(report.loss());
      names.addAll(report.values().keySet());
    }
  }

  private record Pairs(Backbone backbone, boolean watched) implements Objective {

    @Override
    public Value loss(StepGraph step) {
      Value view1 = step.view("view_1", backbone.inputShape());
      Value view2 = step.view("view_2", backbone.inputShape());
      TensorFunction student = backbone.attach(step.scope("student"));
      Value first = student.apply(view1);
      Value second = student.apply(view2);
      if (watched) {
        Monitors.embeddings(step, first, second);
      }
      return new NtXent(0.5).apply(step.ops("loss"), first, second);
    }

    @Override
    public InputPlan inputs() {
      return InputPlan.ofViews(
          List.of(new View("view_1", SIZE, List.of()), new View("view_2", SIZE, List.of())),
          Preprocessing.standard(SIZE));
    }

    @Override
    public List<Cut> cuts() {
      return List.of(new Cut("backbone", "student", backbone));
    }
  }

  private record Noise() implements BatchSource {

    @Override
    public long batchesPerEpoch() {
      return 4;
    }

    @Override
    public BatchStream from(long firstBatch) {
      return new BatchStream() {
        private long index = firstBatch;

        @Override
        public Batch next() {
          long seed = 2 * index++;
          return new Batch(BATCH, Map.of("view_1", images(seed), "view_2", images(seed + 1)));
        }

        @Override
        public void close() {}
      };
    }

    private static Tensor images(long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      Tensor images = Tensor.zeros(ElementType.FLOAT, BATCH, 3, SIZE, SIZE);
      var values = images.floats();
      while (values.hasRemaining()) {
        values.put((float) random.nextGaussian());
      }
      return images;
    }
  }
}
